"""What a participant does and sees on the page, so that the cases read like chats."""

from playwright.async_api import Locator, Page, expect


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Tulis pesan")


async def write(page: Page, text: str) -> None:
    """Type a message and send it."""
    await field(page).fill(text)
    await page.get_by_role("button", name="Kirim", exact=True).click()


async def tap(page: Page, title: str) -> None:
    await page.get_by_role("button", name=title, exact=True).click()


def bubbles(page: Page, author: str = "bot") -> Locator:
    """The texts of one author: `bot`, `mine`, `officer` or `system`."""
    return page.locator(f".message.{author} .text")


async def shows(page: Page, *texts: str, author: str = "bot") -> None:
    """Wait until exactly these texts of an author are there, in order."""
    await expect(bubbles(page, author)).to_have_text(list(texts))


async def answers(page: Page, text: str) -> None:
    """Wait until this is the last that the assistant said."""
    await expect(bubbles(page).last).to_have_text(text)


async def has_ticks(page: Page, *states: str) -> None:
    """Wait until the participant's own messages are in these states."""
    ticks = page.locator(".mine .tick")
    await expect(ticks).to_have_count(len(states))
    for position, state in enumerate(states):
        await expect(ticks.nth(position)).to_have_class(f"tick {state}")
