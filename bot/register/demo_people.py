"""The demo participants: one for each situation. All are invented, as are their numbers and employers.

Days are given in months before the day of seeding, so that each situation holds whenever it is seeded.
The region 11-99 of their NIK does not exist.
"""

from dataclasses import dataclass
from datetime import date

from bot.benefits.rates import Segment
from bot.register.core_system import Biometric, CardStatus, DataField, DataUpdate, LeaveReason

INVENTED_REGION = "119901"
WOMEN_ADD_TO_DAY = 40


@dataclass(frozen=True)
class DemoCard:
    """A card with either a fixed `balance` on the day of seeding, or a `first_wage` that rises over time."""

    employer: str | None
    joined: int
    """Months before the day of seeding, negative."""
    left: int | None = None
    left_days: int | None = None
    """Days before the day of seeding, negative, where months are too coarse."""
    leave_reason: LeaveReason | None = None
    balance: int | None = None
    first_wage: int | None = None
    segment: Segment = Segment.PU
    linked_in_app: bool = True
    months_in_arrears: int = 0

    @property
    def status(self) -> CardStatus:
        return CardStatus.ACTIVE if self.leave_reason is None else CardStatus.NON_ACTIVE


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to try the assistant with; `number` makes all their numbers."""

    number: int
    name: str
    birth_date: date
    woman: bool
    shows: str
    cards: tuple[DemoCard, ...]
    bank: str = "Bank Contoh"
    app_registered: bool = True
    data_update: DataUpdate = DataUpdate.DONE
    differing_fields: tuple[DataField, ...] = ()
    biometric: Biometric = Biometric.OK
    biometric_failures: int = 0

    @property
    def id(self) -> str:
        return participant_id(self.number)

    @property
    def nik(self) -> str:
        return nik(INVENTED_REGION, self.birth_date, self.woman, self.number)

    @property
    def phone(self) -> str:
        """As `+62…`."""
        return f"+62811100000{self.number:02d}"

    @property
    def account_number(self) -> str:
        return f"900100{self.number:04d}"

    def kpj(self, card: int) -> str:
        """The number of their first (0), second (1)… card."""
        return f"7000000{self.number:03d}{card + 1}"


def participant_id(number: int) -> str:
    return f"P{number:06d}"


def nik(region: str, birth_date: date, woman: bool, serial: int) -> str:
    """A NIK as it is composed: region, day of birth (women 40 more), month, year, serial number."""
    day = birth_date.day + (WOMEN_ADD_TO_DAY if woman else 0)
    return f"{region}{day:02d}{birth_date:%m%y}{serial:04d}"


_FISHERY = "PT Contoh Samudra Jaya"
_BAKERY = "CV Contoh Roti Hangat"
_TEXTILES = "PT Contoh Tekstil Nusantara"
_CONSTRUCTION = "PT Contoh Bangun Persada"
_SHOP = "PT Contoh Toko Serba Ada"

DEMO_PEOPLE = (
    DemoPerson(
        1,
        "Rahmat Wijaya",
        date(1994, 5, 17),
        woman=False,
        shows="resigned four months ago, Rp9.850.000 over two cards, ready to claim in JMO",
        cards=(
            DemoCard(_BAKERY, -70, -50, leave_reason=LeaveReason.RESIGNED, balance=3_600_000),
            DemoCard(_FISHERY, -44, -4, leave_reason=LeaveReason.RESIGNED, balance=6_250_000),
        ),
    ),
    DemoPerson(
        2,
        "Dewi Lestiani",
        date(1988, 11, 3),
        woman=True,
        shows="active for 12 years: may take 10% or 30% once",
        cards=(DemoCard(_TEXTILES, -145, first_wage=2_400_000),),
    ),
    DemoPerson(
        3,
        "Agus Prasetio",
        date(1985, 2, 26),
        woman=False,
        shows="resigned three months ago, Rp42.000.000: above the limit of JMO",
        cards=(DemoCard(_CONSTRUCTION, -86, -3, leave_reason=LeaveReason.RESIGNED, balance=42_000_000),),
    ),
    DemoPerson(
        4,
        "Nur Halimah",
        date(1996, 8, 9),
        woman=True,
        shows="resigned two months ago; the name differs from the population register, so no data update",
        cards=(DemoCard(_SHOP, -38, -2, leave_reason=LeaveReason.RESIGNED, balance=7_125_000),),
        data_update=DataUpdate.MISMATCH,
        differing_fields=(DataField.NAME,),
    ),
    DemoPerson(
        5,
        "Yusuf Maulani",
        date(1991, 1, 30),
        woman=False,
        shows="laid off three months ago; the face check is locked after three failures",
        cards=(DemoCard(_TEXTILES, -49, -3, leave_reason=LeaveReason.LAID_OFF, balance=8_340_000),),
        biometric=Biometric.LOCKED,
        biometric_failures=3,
    ),
    DemoPerson(
        6,
        "Putri Anggraeni",
        date(2003, 4, 21),
        woman=True,
        shows="started this month; the card isn't shown because the first contribution is not posted",
        cards=(DemoCard(_SHOP, 0, first_wage=3_600_000),),
        data_update=DataUpdate.NEVER,
    ),
    DemoPerson(
        7,
        "Hendra Gunadi",
        date(1990, 12, 12),
        woman=False,
        shows="active; an old card is not linked in JMO",
        cards=(
            DemoCard(
                _CONSTRUCTION, -96, -60, leave_reason=LeaveReason.CONTRACT_ENDED, balance=5_480_000, linked_in_app=False
            ),
            DemoCard(_FISHERY, -54, first_wage=3_300_000),
        ),
    ),
    DemoPerson(
        8,
        "Suparti Ningrum",
        date(1969, 10, 8),
        woman=True,
        shows="aged 57 (born in October 1969) and still working: may claim all of JHT, JP comes later",
        cards=(DemoCard(_TEXTILES, -140, first_wage=2_900_000),),
    ),
    DemoPerson(
        9,
        "Fajar Nugraha",
        date(1998, 6, 15),
        woman=False,
        shows="active; the employer is three months in arrears",
        cards=(DemoCard(_CONSTRUCTION, -30, first_wage=3_900_000, months_in_arrears=3),),
    ),
    DemoPerson(
        10,
        "Siti Khoiriyah",
        date(1983, 9, 2),
        woman=True,
        shows="self-employed (BPU) with a base income of Rp2.000.000: JHT only, no JP",
        cards=(DemoCard(None, -34, first_wage=2_000_000, segment=Segment.BPU),),
    ),
    DemoPerson(
        11,
        "Bayu Setiadi",
        date(1997, 3, 24),
        woman=False,
        shows="resigned twelve days ago: the waiting month isn't over",
        cards=(DemoCard(_SHOP, -29, left_days=-12, leave_reason=LeaveReason.RESIGNED, balance=5_900_000),),
    ),
    DemoPerson(
        12,
        "Maria Simatupa",
        date(1993, 7, 28),
        woman=True,
        shows="contract ended two months ago, Rp12.400.000, never did the data update in JMO",
        cards=(DemoCard(_FISHERY, -50, -2, leave_reason=LeaveReason.CONTRACT_ENDED, balance=12_400_000),),
        data_update=DataUpdate.NEVER,
    ),
)

_HEADINGS = ("Name", "NIK", "KPJ", "Birth date", "Phone", "What they show")


def render_demo_table() -> str:
    """The table of docs/demo.md, in Markdown."""
    lines = [_HEADINGS, tuple("---" for _ in _HEADINGS), *(_cells(person) for person in DEMO_PEOPLE)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def demo_hint() -> str:
    """Whom to try, for the console."""
    first, ninth = DEMO_PEOPLE[0], DEMO_PEOPLE[8]
    return "\n".join(
        (
            "Invented participants to try (all of them: docs/demo.md):",
            f"  NIK {first.nik}, born {first.birth_date:%d-%m-%Y}: {first.shows}",
            f"  NIK {ninth.nik}, born {ninth.birth_date:%d-%m-%Y}: {ninth.shows}",
        )
    )


def _cells(person: DemoPerson) -> tuple[str, ...]:
    cards = "<br>".join(person.kpj(number) for number in range(len(person.cards)))
    phone = person.phone.replace("+62", "0")
    phone = f"{phone[:4]}-{phone[4:8]}-{phone[8:]}"
    return person.name, person.nik, cards, f"{person.birth_date:%d-%m-%Y}", phone, person.shows
