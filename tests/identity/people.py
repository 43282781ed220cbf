"""What the participants of the tests would type."""

from datetime import date

from bot.identity.answers import GivenBirthDate, GivenNumber, SharedContact

SITIS_NIK = GivenNumber("3174054408900001")
SITIS_KPJ = GivenNumber("12345678901")
SITIS_BIRTH_DATE = GivenBirthDate(date(1990, 8, 4))
SITIS_CONTACT = SharedContact("+6281211110001", belongs_to_sender=True)

BUDIS_NIK = GivenNumber("3578120312850002")
BUDIS_BIRTH_DATE = GivenBirthDate(date(1985, 12, 3))

NOBODYS_NIK = GivenNumber("3174050101010009")
OTHER_CONTACT = SharedContact("+6285555555555", belongs_to_sender=True)
