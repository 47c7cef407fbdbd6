"""The cast of the demo, and how to sign in as each of them."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import Team, User
from accounts.rules import Role

DEMO = UUID("8f0a6c52-5a1e-4c0b-9a55-0d4d6f1d7e10")
PASSWORD = "talk-it-over"  # noqa: S105 (printed at every start of the demo)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the demo; `key` is what the rooms call them."""

    key: str
    name: str
    role: Role
    time_zone: str
    language: str = "en"
    company: str = ""

    @property
    def id(self) -> UUID:
        return uuid5(DEMO, f"person/{self.key}")

    @property
    def email(self) -> str:
        return f"{self.key}@parley.example"


PEOPLE = [
    Person("helen", "Helen Marsh", Role.CLIENT, "Europe/London", company="Harbor & Pine"),
    Person("mateo", "Mateo Giraldo", Role.FREELANCER, "America/Bogota", "es"),
    Person("ana", "Ana Duarte", Role.AGENT, "Europe/Lisbon"),
    Person("priya", "Priya Nair", Role.AGENT, "Asia/Kolkata"),
    Person("sam", "Sam Okafor", Role.SENIOR, "Africa/Lagos"),
    Person("eva", "Eva Lind", Role.EE, "Europe/Stockholm"),
    Person("sue", "Sue Park", Role.SUPERVISOR, "America/Chicago"),
    Person("quinn", "Quinn Abel", Role.QA, "America/Toronto"),
    Person("alan", "Alan Voss", Role.ANALYST, "Europe/Berlin"),
    Person("ada", "Ada Vance", Role.ADMIN, "Europe/Dublin"),
    Person("jeroen", "Jeroen Bakker", Role.CLIENT, "Europe/Amsterdam", "nl", "Bakker Fietsen"),
    Person("carmen", "Carmen Ruiz", Role.CLIENT, "Europe/Madrid", "es", "Huerta Norte"),
    Person("grace", "Grace Kim", Role.CLIENT, "America/Los_Angeles", company="Tidewater Labs"),
    Person("ifeoma", "Ifeoma Eze", Role.FREELANCER, "Africa/Lagos"),
    Person("dirk", "Dirk Vos", Role.FREELANCER, "Europe/Brussels", "nl"),
    Person("lucie", "Lucie Fabre", Role.FREELANCER, "Europe/Paris"),
    Person("sanjay", "Sanjay Rao", Role.FREELANCER, "Asia/Kolkata"),
    Person("yuki", "Yuki Tanaka", Role.FREELANCER, "Asia/Tokyo"),
    Person("marit", "Marit de Jong", Role.FREELANCER, "Europe/Amsterdam", "nl"),
    Person("paula", "Paula Soto", Role.FREELANCER, "America/Argentina/Buenos_Aires", "es"),
    Person("olga", "Olga Brandt", Role.CLIENT, "Europe/Vienna", company="Brandt Gardens"),
    Person("oscar", "Oscar Nyman", Role.FREELANCER, "Europe/Helsinki"),
]

# Who to sign in as, and what to look at: printed by `manage.py serve`.
SIGN_INS = [
    ("helen@parley.example", "client; a mediated case, a draft of a claim, unread messages"),
    ("mateo@parley.example", "freelancer, Spanish"),
    ("ana@parley.example", "mediator of “Website redesign”"),
    ("priya@parley.example", "agent; two rooms wait for a mediator"),
    ("jeroen@parley.example", "client, Dutch"),
    ("grace@parley.example", "client; a case in talks, one with a recommendation, one without agreement"),
    ("carmen@parley.example", "client, Spanish; an agreement that waits for its second yes"),
    ("sam@parley.example", "senior agent; a look into a private talk waits for a second person"),
    ("eva@parley.example", "executive escalations; one referred client waits, one has a call tomorrow"),
    ("sue@parley.example", "supervisor; builds triggers in /admin/, has asked to look into a private talk"),
    ("quinn@parley.example", "quality reviewer"),
    ("alan@parley.example", "analyst"),
    ("ada@parley.example", "administrator, see /admin/"),
    ("olga@parley.example", "client who has nothing to do with the others"),
]


def seed_people() -> dict[str, User]:
    """Everybody by key. Hashing is slow on purpose, so everybody shares one hash."""
    known = User.objects.in_bulk([person.id for person in PEOPLE])
    new = [person for person in PEOPLE if person.id not in known]
    if new:
        password = make_password(PASSWORD)
        made = User.objects.bulk_create([_made(person, password) for person in new])
        EmailAddress.objects.bulk_create(
            EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in made
        )
        known |= {user.id: user for user in made}
    people = {person.key: known[person.id] for person in PEOPLE}
    _seed_team(people)
    return people


def _made(person: Person, password: str) -> User:
    is_admin = person.role == Role.ADMIN
    return User(
        id=person.id,
        email=person.email,
        name=person.name,
        role=person.role.value,
        company=person.company,
        language=person.language,
        time_zone=person.time_zone,
        password=password,
        is_staff=is_admin or person.role == Role.SUPERVISOR,
        is_superuser=is_admin,
    )


def _seed_team(people: dict[str, User]) -> None:
    team, is_new = Team.objects.get_or_create(
        id=uuid5(DEMO, "team/mediation"), defaults={"name": "Mediation", "lead": people["sue"]}
    )
    if is_new:
        team.members.set([people[key] for key in ("ana", "priya", "sam", "eva", "sue")])
