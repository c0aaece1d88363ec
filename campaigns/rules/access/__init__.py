"""Who may act and look here?"""
