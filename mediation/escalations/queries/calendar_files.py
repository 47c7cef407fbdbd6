"""A call as a calendar file (RFC 5545)."""

from datetime import timedelta

from icalendar import Alarm, Calendar, Event, vCalAddress

from mediation.escalations.models import Call

REMIND = timedelta(minutes=-15)


def calendar_file(call: Call, *, summary: str, address: str) -> bytes:
    """The call with its UID and sequence, so that a calendar that has it moves it, and takes it out when it did not
    take place. `address` is where the case stands.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Parley//Executive escalations//EN")
    calendar.add("version", "2.0")
    is_off = call.status == Call.Status.DROPPED.value
    calendar.add("method", "CANCEL" if is_off else "PUBLISH")
    event = Event()
    event.add("uid", f"{call.pk}@parley")
    event.add("sequence", call.sequence + is_off)
    event.add("dtstamp", call.changed_at)
    event.add("dtstart", call.starts_at)
    event.add("dtend", call.starts_at + timedelta(minutes=call.minutes))
    event.add("summary", summary)
    event.add("url", address)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    if call.case.owner is not None:
        event.add("organizer", _address(call.case.owner.email, call.case.owner.name))
    if call.case.contact.email:
        event.add("attendee", _address(call.case.contact.email, call.case.contact.name))
    if not is_off:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", REMIND)
        event.add_component(alarm)
    calendar.add_component(event)
    return calendar.to_ical()


def _address(email: str, name: str) -> vCalAddress:
    found = vCalAddress(f"MAILTO:{email}")
    found.params["CN"] = name
    return found
