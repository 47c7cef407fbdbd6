"""Files beside a text: going up, coming down, and what becomes of those that do not."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.room import RoomPage
from tests.cast import Cast

pytestmark = pytest.mark.browser
RoomOf = Callable[..., RoomPage]


def test_files_go_up_and_come_down(live_cast: Cast, room_of: RoomOf) -> None:
    room = room_of(live_cast.client, live_cast.room.pk)
    file = {"name": "hand-over.txt", "mimeType": "text/plain", "buffer": b"Ten product texts.\n"}
    room.page.set_input_files("#composer input[type=file]", files=[file])
    expect(room.page.locator("#composer .filecard")).to_contain_text("hand-over.txt")
    expect(room.page.locator("#composer progress")).to_have_count(0)
    room.say("Here it is")
    link = room.line("Here it is").locator(".filecard[href]")
    expect(link).to_contain_text("hand-over.txt")
    with room.page.expect_download() as coming:
        link.click()
    assert coming.value.path().read_bytes() == b"Ten product texts.\n"


def test_a_file_that_did_not_go_up_can_be_tried_again(live_cast: Cast, room_of: RoomOf) -> None:
    room = room_of(live_cast.client, live_cast.room.pk)
    room.page.route("**/files/", lambda route: route.abort())
    file = {"name": "hand-over.txt", "mimeType": "text/plain", "buffer": b"Ten product texts.\n"}
    room.page.set_input_files("#composer input[type=file]", files=[file])
    again = room.page.locator("#composer .filecard [data-again]")
    expect(again).to_be_visible()
    room.say("Here it is")
    expect(room.page.locator(".composer-notice:visible")).to_contain_text("hand-over.txt was not uploaded")
    room.page.unroute("**/files/")
    again.click()
    expect(again).to_have_count(0)
    expect(room.page.locator("#composer progress")).to_have_count(0)
    room.field.press("Enter")
    expect(room.line("Here it is").locator(".filecard")).to_contain_text("hand-over.txt")


def test_too_large_a_file_and_too_many_are_said_before_they_go_up(live_cast: Cast, room_of: RoomOf) -> None:
    room = room_of(live_cast.client, live_cast.room.pk)
    notice = room.page.locator(".composer-notice:visible")
    room.page.evaluate(
        """() => {
            const picked = new DataTransfer();
            picked.items.add(new File([new Uint8Array(25 * 1024 * 1024 + 1)], "film.mp4"));
            const picker = document.querySelector("#composer input[type=file]");
            picker.files = picked.files;
            picker.dispatchEvent(new Event("change"));
        }"""
    )
    expect(notice).to_contain_text("film.mp4 was not uploaded: The file is larger than 25 MB.")
    expect(room.page.locator("#composer .filecard")).to_have_count(0)
    many = [{"name": f"{n}.txt", "mimeType": "text/plain", "buffer": b"Ten texts.\n"} for n in range(11)]
    room.page.set_input_files("#composer input[type=file]", files=many)
    expect(notice).to_contain_text("Attach at most 10 files to one message.")
    expect(room.page.locator("#composer .filecard")).to_have_count(10)
