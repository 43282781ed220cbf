"""Takes what is personal out of a message that is kept to learn from.

More than the turn takes out: there a sum or a date is the answer to a question, here it teaches nothing.
"""

import re
from datetime import date

from bot.parsing.dates import find_date
from bot.parsing.numbers import redact
from bot.parsing.plain import LONGEST_READ, plain

_LONG_NUMBER = re.compile(r"\d(?:[ .,/_-]{0,2}\d){5,}")
_NAMED = re.compile(
    r"\b(?:nama(?: \w+)? (?:saya|sy|aku|ak|gue|gw|beliau)|nama ibu(?: kandung)?|nama (?:lengkap|ktp|pemilik|peserta)"
    r"|nama(?= ?:)|bernama|atas nama|a[./]n\.?|my (?:full )?name is|under the name of)"
    r"(?: (?:adalah|yaitu|is))?[ :=]{1,3}"
)
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_LONGEST_NAME = 5
"""Words."""
_NO_NAME = frozenset(
    "saya sy aku ibu bapak anak suami istri peserta pemilik siapa ktp kk kpj kartu rekening bank akun jmo bpjs data "
    "app salah slh beda berbeda sama cocok sesuai valid kurang lebih tidak tdk gak ga gk g nggak ngga enggak engga "
    "bukan belum blm sudah sdh udah udh masih lagi juga saja aja kok kenapa knp mengapa gimana gmn bagaimana apa "
    "apakah kapan mana di ke dari pada dengan dgn untuk utk buat karena krn kalau klo kalo jika tapi tp dan atau serta "
    "yang yg ini itu ada mau ingin pengen bisa bs bisakah harus hrs perlu minta tolong mohon ganti ubah perbaiki "
    "diganti diubah terdaftar tertulis tercatat muncul huruf satu dua lain orang perusahaan wrong different not is in "
    "on at the and but with does do doesn't has was".split()
)


def redacted(text: str, today: date) -> str:
    """The text without numbers that could be anybody's, e-mail addresses, dates and names; cut where nobody reads on.

    Placeholders such as `<nik>` stay, as they are what the model learns from.
    """
    text, _ = redact(text[:LONGEST_READ])
    while dated := find_date(text, today):
        _, start, end = dated
        text = f"{text[:start]}<date>{text[end:]}"
    return _without_names(_LONG_NUMBER.sub("<number>", text)).strip()


def _without_names(text: str) -> str:
    parts, position, source = [], 0, plain(text)
    for opening in _NAMED.finditer(source):
        end = _end_of_name(source, opening.end())
        if opening.end() >= position and end > opening.end():
            parts += [text[position : opening.end()], "<name>"]
            position = end
    return "".join(parts) + text[position:]


def _end_of_name(source: str, start: int) -> int:
    """Where the words that can only be a name end; `start` where there is none."""
    end = start
    for _ in range(_LONGEST_NAME):
        word = _WORD.match(source, end + (end > start and source[end : end + 1] == " "))
        if not word or word[0].strip(".") in _NO_NAME:
            break
        end = word.end()
    return end
