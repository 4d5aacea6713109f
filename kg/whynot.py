"""Why a page gives no fact between two names: the frames that came nearest, and what was in their way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches

from kg.errors import KgError
from kg.evaluate import comparable
from kg.explain import say_statement
from kg.lexicon import Lexicon
from kg.model import Entity, Page, Record, Sentence
from kg.relate.near import Near, Obstacle, Reason, joining, near_frames
from kg.relate.scene import Placed, Scene, set_scenes

Say = Callable[..., str]
"""(English text, values for its `{}`) → the text in the language of the user."""

_INDENT = " " * 6
_NEAREST = 5
_MOST_WORDS = 12


def explain_pair(
    page: Page, record: Record, lexicon: Lexicon, names: tuple[str, str], say: Say, *, most: int = 3, near: bool = False
) -> str:
    """What holds between two things of a page, else which frames came nearest; ends with a line break.

    Args:
        page: The page that the record was read from.
        record: As extraction gives it.
        lexicon: With the frames and guards.
        names: Two full names, aliases or anaphora that stand on the page.
        say: Translates the words of the interface.
        most: How many frames are told for a sentence.
        near: True to tell of frames even where facts hold.

    Raises:
        KgError: A name is not on the page, or stands for several things, or both stand for the same.
    """
    one, other = (find_entity(record, name) for name in names)
    if one is other:
        raise KgError("is the same as the other name", subject=names[1], hint="Give two names of different things")
    lines = [f"{say(str(entity.type))} {_forms(entity)}" for entity in (one, other)]
    facts = list(_facts(record, one, other, say))
    lines += ["", *(facts or [say("No fact between them")])]
    if near or not facts:
        scenes = set_scenes(page, record.articles, record.entities, lexicon)
        lines += _tell_scenes(scenes, one, other, most, say)
    return "\n".join(lines) + "\n"


def find_entity(record: Record, name: str) -> Entity:
    """The thing that a name stands for: by full name, else by alias, else by a form that needs context.

    Raises:
        KgError: Nothing on the page is called so, or several things are.
    """
    wanted = comparable(name)
    for kind in ("name", "aliases", "anaphora"):
        found = [e for e in record.entities if wanted in map(comparable, _listed(getattr(e, kind)))]
        if len(found) > 1:
            full = ", ".join(entity.name for entity in found)
            raise KgError("several things are called so here", subject=name, hint=f"Give one of the full names: {full}")
        if found:
            return found[0]
    nearest = _nearest(record, wanted)
    if not nearest:
        hint = "See the names in what `kg extract` prints"
        raise KgError("no such name was found on the page", subject=name, hint=hint)
    raise KgError("no such name was found on the page", subject=name, hint=f"Nearest names: {', '.join(nearest)}")


def _listed(forms: str | tuple[str, ...]) -> tuple[str, ...]:
    return (forms,) if isinstance(forms, str) else forms


def _nearest(record: Record, wanted: str) -> list[str]:
    """The forms that hold the wanted one or are held by it, then those spelt most like it."""
    forms = dict.fromkeys(f for e in record.entities for f in (e.name, *e.aliases, *e.anaphora))
    plain = {comparable(form): form for form in forms}
    within = [form for form in plain if wanted in form or form in wanted]
    close = get_close_matches(wanted, list(plain), n=_NEAREST, cutoff=0.4)
    return [plain[form] for form in dict.fromkeys([*within, *close])][:_NEAREST]


def _forms(entity: Entity) -> str:
    others = [*entity.aliases, *entity.anaphora]
    return entity.name + (f" ({', '.join(others)})" if others else "")


def _facts(record: Record, one: Entity, other: Entity, say: Say) -> Iterator[str]:
    names = {one.id: one.name, other.id: other.name}
    for fact in record.facts:
        if {fact.subject, fact.object} == names.keys():
            yield say_statement(fact, names, say)
            yield _INDENT + fact.evidence.quote.replace("\n", "")


def _tell_scenes(scenes: Sequence[Scene], one: Entity, other: Entity, most: int, say: Say) -> Iterator[str]:
    if not joining(one, other):
        yield say("No predicate joins {} and {}", say(str(one.type)), say(str(other.type)))
        return
    told = [
        line
        for scene in scenes
        for number, sentence in enumerate(scene.article.sentences)
        for line in _tell_sentence(scene, number, sentence, (one, other), most, say)
    ]
    if told:
        yield from told
        return
    yield say("No sentence names both, and where one is named the other does not act")
    yield from (f"{_INDENT}{entity.name}: {', '.join(_places(scenes, entity))}" for entity in (one, other))


def _places(scenes: Sequence[Scene], entity: Entity) -> Iterator[str]:
    """The article and number of each sentence that names an entity."""
    for scene in scenes:
        for number, sentence in enumerate(scene.article.sentences):
            if _named(scene, sentence, entity):
                yield f"[{scene.article.index + 1}] {number + 1}"


def _tell_sentence(
    scene: Scene, number: int, sentence: Sentence, pair: tuple[Entity, Entity], most: int, say: Say
) -> Iterator[str]:
    """The sentence and its nearest frames; nothing where the two do not meet."""
    named = [_named(scene, sentence, entity) for entity in pair]
    silent = _acting_unnamed(scene, sentence, pair, named)
    if silent is None and not all(named):
        return
    yield ""
    text = scene.article.text[slice(*sentence.at)].replace("\n", " ")
    yield f"[{scene.article.index + 1}] {number + 1}  {text}"
    hidden = [(items[0], outer) for items in named if items and (outer := _around(scene, items))]
    for item, outer in hidden:
        yield _INDENT + say(
            "{} stands only inside the name {}, into which frames do not look", item.mention.surface, outer.entity.name
        )
    if silent is not None:
        yield _INDENT + say("{} acts there without being named", silent.name)
    found = [] if hidden else near_frames(scene, sentence.at, *pair)[:most]
    if not found and not hidden:
        yield _INDENT + say("no frame for these types looks for what stands here")
    for near in found:
        yield from _tell_near(near, say)


def _named(scene: Scene, sentence: Sentence, entity: Entity) -> list[Placed]:
    start, stop = sentence.at
    return [i for i in scene.placed if i.entity.id == entity.id and start <= i.start and i.stop <= stop]


def _acting_unnamed(
    scene: Scene, sentence: Sentence, pair: tuple[Entity, Entity], named: list[list[Placed]]
) -> Entity | None:
    """The one of the pair that acts in a sentence which names the other only."""
    if bool(named[0]) is bool(named[1]):
        return None
    entity, there = (pair[1], named[0]) if named[0] else (pair[0], named[1])
    acted_on = [item for item in there if not scene.opens_sentence(item)]
    acts = any(agent.entity.id == entity.id for item in acted_on for agent in scene.agents(item.start, sentence.at))
    return entity if acts else None


def _around(scene: Scene, items: list[Placed]) -> Placed | None:
    """The name around a thing that stands nowhere in the sentence by itself."""
    if any(item in scene.outer for item in items):
        return None
    return next((o for o in scene.outer if o.start <= items[0].start and items[0].stop <= o.stop), None)


def _tell_near(near: Near, say: Say) -> Iterator[str]:
    yield f"{_INDENT}{near.frame}: {near.subject.name} —{say(str(near.predicate))}→ {near.object.name}"
    yield from (f"{_INDENT}  - {_tell_obstacle(obstacle, say)}" for obstacle in near.obstacles)
    yield f"{_INDENT}  {near.pattern}"


def _tell_obstacle(obstacle: Obstacle, say: Say) -> str:
    words = obstacle.words
    match obstacle.reason:
        case Reason.GUARD:
            return say("the guard `{}` stops it: “{}”", *words)
        case Reason.LONG:
            return say("the gap “{}” takes {} characters, the frame allows {}", *words)
        case Reason.MARK:
            return say("the gap “{}” crosses a mark that the frame does not: {}", *words)
        case Reason.CROSSED:
            return say("the gap “{}” crosses another name: {}", *words)
        case Reason.TYPE:
            return say("{} is {}, the slot takes {}", words[0], say(words[1]), _tell_types(words[2], say))
        case Reason.AGENT if words[1]:
            return say("{} does not act there: the agent is {}", *words)
        case Reason.AGENT:
            return say("{} does not act there, nor does anybody whom the page names", words[0])
        case Reason.GOVERNED:
            return say(
                "{} is left out there: a verb or preposition governs it, or people are counted behind it", *words
            )
        case Reason.WORDS:
            return say("the trigger “{}” stands there, but not the other words of the frame", *words)
        case Reason.ORDER:
            return say("the order is another one, the frame wants: {}", " … ".join(words))
        case Reason.TRIGGER:
            listed = "、".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")
            return say("no trigger stands there, the frame wants one of: {}", listed)
        case _:
            return say("it matches, but another match took these words, or another frame goes before it")


def _tell_types(types: str, say: Say) -> str:
    return " | ".join(say(name) for name in types.split("|"))
