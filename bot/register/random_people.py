"""Any number of invented participants, the same ones each time."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from faker import Faker

from bot.benefits.rates import Segment
from bot.register.core_system import DataUpdate, LeaveReason
from bot.register.demo_people import DemoCard, DemoPerson, nik

FIRST_NUMBER = 1001
EMPLOYERS = 200
_INVENTED_REGION_PREFIX = "1198"


@dataclass(frozen=True)
class RandomPerson(DemoPerson):
    """Numbers wide enough for a million people."""

    @property
    def nik(self) -> str:
        """Unique by region and serial number together."""
        region, serial = divmod(self.number, 10_000)
        return nik(f"{_INVENTED_REGION_PREFIX}{region:02d}", self.birth_date, self.woman, serial)

    @property
    def phone(self) -> str:
        return f"+6281110{self.number:07d}"

    @property
    def account_number(self) -> str:
        return f"9002{self.number:07d}"

    def kpj(self, card: int) -> str:
        return f"71{self.number:08d}{card + 1}"


class People:
    """Makes the person of a number; the same number gives the same person."""

    def __init__(self) -> None:
        self._faker = Faker("id_ID")
        self._faker.seed_instance(0)
        self._employers = [f"{self._faker.company()} (contoh)" for _ in range(EMPLOYERS)]

    def person(self, number: int) -> RandomPerson:
        chance = random.Random(number)
        self._faker.seed_instance(number)
        woman = chance.random() < 0.45
        return RandomPerson(
            number=number,
            name=self._faker.name_female() if woman else self._faker.name_male(),
            birth_date=date(1970, 1, 1) + timedelta(days=chance.randrange(12_700)),
            woman=woman,
            shows="",
            cards=self._cards(chance),
            data_update=chance.choice([DataUpdate.NEVER, DataUpdate.DONE, DataUpdate.DONE]),
        )

    def _cards(self, chance: random.Random) -> tuple[DemoCard, ...]:
        if chance.random() < 0.15:
            return (DemoCard(None, -chance.randrange(3, 36), first_wage=1_000_000, segment=Segment.BPU),)
        now = self._card(chance, ended=0)
        return (self._card(chance, ended=-now.joined), now) if chance.random() < 0.2 else (now,)

    def _card(self, chance: random.Random, ended: int) -> DemoCard:
        """A card that goes on, or one that ended so many months ago or earlier."""
        left = -(ended + chance.randrange(1, 6)) if ended or chance.random() < 0.25 else None
        return DemoCard(
            employer=chance.choice(self._employers),
            joined=(left or 0) - chance.randrange(3, 30),
            left=left,
            leave_reason=chance.choice([LeaveReason.RESIGNED, LeaveReason.CONTRACT_ENDED]) if left else None,
            first_wage=chance.randrange(2_200, 9_000) * 1000,
        )
