"""What most mails have in common, for zlib: a mail stored beside it takes a fifth of the room.

Taken from the mails of the first version. It is never changed, even where the templates are: what
was packed with it can only be read with it. It does not have to be like today's mails; the more it
is, the smaller they become.
"""

from __future__ import annotations

from typing import Final

COMMON: Final = (
    r'["Kính gửi: \n\n xác nhận đã nhận hồ sơ đề cử của quý đơn vị.\n\nMã hồ sơ: \nTên đề cử'
    r": \nThời điểm nhận: 07 giờ 00 ngày 01/9/2023 (giờ Việt Nam, UTC+7)\nPhiên bản: 1\nMã đ"
    r"ối chiếu nội dung: \n\nĐề nghị quý đơn vị lưu thư này để đối chiếu và báo ngay nếu nội"
    r" dung nêu trên chưa đúng. Khi còn thời hạn, quý đơn vị có thể gửi phiên bản mới của hồ"
    r" sơ; phiên bản gửi sau thay thế phiên bản gửi trước.\n\nCần trao đổi, xin trả lời thư "
    r"này; thư trả lời đến thẳng đơn vị điều phối.\n\nTrân trọng./.\n\n\n\n-- \n · Mã: \nThư"
    r' được gửi tự động trong khuôn khổ phong trào nêu trên.\n","<!DOCTYPE html>\n<html lang'
    r"=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=de"
    r"vice-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<"
    r"title>[] Đã nhận hồ sơ đề cử :</title>\n<style>\nbody { margin: 0; padding: 0; backgro"
    r"und: #f4f2ee; color: #1f2328; }\n.page { max-width: 640px; margin: 0 auto; padding: 24"
    r"px 20px; background: #ffffff;\n  font-family: \"Segoe UI\", \"Noto Sans\", Roboto, Ari"
    r"al, sans-serif; font-size: 16px; line-height: 1.55;\n  overflow-wrap: anywhere; }\n.ca"
    r"mpaign { margin: 0 0 20px; padding: 0 0 12px; border-bottom: 3px solid #a3262a;\n  col"
    r"or: #57606a; font-size: 14px; }\n.campaign strong { display: block; color: #8c1d21; fo"
    r"nt-size: 17px; }\nh1 { margin: 0 0 16px; font-size: 20px; line-height: 1.35; }\nh2 { m"
    r"argin: 24px 0 8px; font-size: 16px; }\np { margin: 0 0 14px; }\nul, ol { margin: 0 0 1"
    r"4px; padding-left: 24px; }\nli { margin: 0 0 8px; }\ndl { margin: 0 0 18px; padding: 1"
    r"2px 16px; background: #f7f5f1; border-left: 4px solid #a3262a; }\ndt { color: #57606a;"
    r" font-size: 14px; }\ndd { margin: 0 0 10px; font-weight: 600; }\ndd:last-child { margi"
    r"n-bottom: 0; }\n.quote { margin: 0 0 14px; padding: 8px 14px; border-left: 4px solid #"
    r"8c959f; white-space: pre-line; }\n.remedy { display: block; white-space: pre-line; }\n"
    r".reason { white-space: pre-line; }\n.digest { font-family: Consolas, \"Noto Sans Mono"
    r"\", monospace; font-weight: 400; font-size: 14px; }\ntable { margin: 0 0 18px; border-"
    r"collapse: collapse; width: 100%; }\nth, td { padding: 6px 8px; border-bottom: 1px soli"
    r"d #d0d7de; text-align: left; }\ntd { text-align: right; font-variant-numeric: tabular-"
    r"nums; white-space: nowrap; }\nth { font-weight: 400; }\n.sign { margin-top: 24px; }\n."
    r"foot { margin-top: 24px; padding-top: 12px; border-top: 1px solid #d0d7de; color: #576"
    r"06a;\n  font-size: 13px; }\n@media (prefers-color-scheme: dark) {\n  body { background"
    r": #16181b; color: #e6e6e6; }\n  .page { background: #1f2226; }\n  .campaign strong { c"
    r"olor: #f08a8a; }\n  .campaign, dt, .foot { color: #b4bac2; }\n  dl { background: #272b"
    r"30; }\n}\n</style>\n</head>\n<body>\n<div class=\"page\">\n<p class=\"campaign\"><stro"
    r"ng></strong> Mã: </p>\n<h1>Đã nhận hồ sơ đề cử </h1>\n<p>Kính gửi: <strong></strong></"
    r"p>\n<p> xác nhận đã nhận hồ sơ đề cử của quý đơn vị.</p>\n<dl>\n<dt>Mã hồ sơ</dt><dd><"
    r"/dd>\n<dt>Tên đề cử</dt><dd></dd>\n<dt>Thời điểm nhận</dt><dd>07 giờ 00 ngày 01/9/2023"
    r" (giờ Việt Nam, UTC+7)</dd>\n<dt>Phiên bản</dt><dd>1</dd>\n<dt>Mã đối chiếu nội dung</"
    r"dt><dd class=\"digest\"></dd>\n</dl>\n<p>Đề nghị quý đơn vị lưu thư này để đối chiếu v"
    r"à báo ngay nếu nội dung nêu trên chưa đúng. Khi còn thời hạn, quý đơn vị có thể gửi ph"
    r"iên bản mới của hồ sơ; phiên bản gửi sau thay thế phiên bản gửi trước.</p>\n\n<p>Cần t"
    r"rao đổi, xin trả lời thư này; thư trả lời đến thẳng đơn vị điều phối.</p>\n<p class=\""
    r"sign\">Trân trọng./.<br><strong></strong></p>\n<p class=\"foot\">Thư được gửi tự động "
    r'trong khuôn khổ phong trào nêu trên.</p>\n</div>\n</body>\n</html>\n"]'
).encode()
"""The JSON text of a rendered mail, as `campaigns.store.mail.messages` packs it."""
