"""An e-mail draft (RFC 5322) with one PDF, which a mail program opens as a message that was not sent yet."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP


def mail_draft(subject: str, text: str, name: str, pdf: bytes) -> bytes:
    """The bytes of the draft; it is addressed to nobody."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(subject.split())
    message["X-Unsent"] = "1"
    message.set_content(text)
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
    return message.as_bytes()
