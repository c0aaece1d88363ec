"""Rendering (Jinja2) and sending (aiosmtplib or a Maildir); knows nothing of campaigns.

`render` makes a subject, text, HTML and calendar file of a payload; `mail` makes the octets of one
mail; `transport` hands a batch over, to an SMTP server or to a Maildir.
"""
