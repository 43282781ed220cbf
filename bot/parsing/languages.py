"""Which language a message is clearly written in; most words of this trade belong to both."""

import re

from bot.parsing.plain import plain

CLEAR = 2
"""So many words that only one language has, and none of the other, make a message clear."""
WITH_SHARED = 3
"""So many English words make it clear too, if one of them is English only."""

_ENGLISH = frozenset(
    "the is are am was were do does did how what why when where who which can could cannot will would should i me my"
    " we our you your it its this that these those have has had not no yes please want need to of for from and or with"
    " on at an a in into much many long get got give show tell check see help hello hi hey thanks thank still again"
    " about after before if there here they their my lost forgot forget work worked works working job wage salary"
    " money withdraw withdrawal pension pensions retire years year old months month ago phone card balance claim"
    " change cancel wrong never mind stop back talk speak person human officer someone somebody branch nearest office"
    " today tomorrow open opening hours requirements documents fired laid off resigned quit company employer"
    " don doesn didn isn aren won ve ll im cant dont doesnt didnt whats log file app track times mean meant failed"
    " fails failing keeps crashes photo face code received really very mine took take taken any right left good morning"
    " afternoon evening anything something else them he she him her been being get another".split()
)
_SHARED = frozenset(
    "a i on in to card balance claim phone no me hi hello thanks help stop open back check show old off office"
    " change cancel pension branch job log file app track failed photo face code not an at good".split()
)
"""English words that Indonesian messages have too; they count only beside one that they haven't."""
_INDONESIAN = frozenset(
    "saya sy aku gue gw anda kamu kita kami yang yg dan di ke dari untuk utk buat ini itu ada tidak tdk gak ga gk"
    " nggak ngga enggak bukan belum blm sudah sdh udah udh mau ingin pengen bisa bs boleh harus apa apakah apaan"
    " gimana gmn bagaimana kenapa knp mengapa kapan dimana mana berapa brp siapa kok kalau kalo klo tapi tp"
    " karena krn sama juga jg lagi lg aja saja dong deh sih nih ya kak pak bu min mas mbak tolong mohon terima kasih"
    " makasih saldo kartu klaim cair cairkan uang kerja gaji upah iuran tahun thn bulan bln lama syarat cara cek"
    " ganti batal selamat pagi siang sore malam halo punya pny dengan dgn pada jadi nya hilang muncul masuk lupa"
    " kantor cabang terdekat petugas orang pensiun".split()
)
_REGIONAL_GREETING = re.compile(
    r"\b(?:p(?:eu|eue|ue) haba|haba droe\w*|sale(?:ue?)?m|sugeng (?:enj[ai]ng|siang|sonten|dalu|rawuh)"
    r"|kulo ?nuwun|nuwun sewu|(?:piye|pripun) kabar\w*"
    r"|kumaha (?:damang|daramang|kabarna)|damang|sampurasun|punten|wilujeng \w+)\b"
)
"""Acehnese, Javanese and Sundanese."""
_WORD = re.compile(r"[a-z]+")
_PLACEHOLDER = re.compile(r"<\w+>")


def language_of(text: str) -> str | None:
    """`en` or `id` where a message is clearly written in it; None for a word or two, and for a mixture."""
    words = _WORD.findall(_PLACEHOLDER.sub(" ", plain(text)))
    indonesian = {word for word in words if word in _INDONESIAN}
    english = {word for word in words if word in _ENGLISH}
    clearly_english = english - _SHARED
    is_english = len(clearly_english) >= CLEAR or (clearly_english and len(english) >= WITH_SHARED)
    if is_english and not indonesian:
        return "en"
    if len(indonesian) >= CLEAR and not clearly_english:
        return "id"
    return None


def greets_in_a_regional_language(text: str) -> bool:
    """Whether a message greets in Acehnese, Javanese or Sundanese."""
    return _REGIONAL_GREETING.search(plain(text)) is not None
