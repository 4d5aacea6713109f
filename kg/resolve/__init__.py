"""Mentions → entities of the page: which forms name the same thing.

A form that identifies only in context (an anaphor) takes the latest full name of its article that fits; in a headline,
where none fits yet, the first one that follows. A shortened name is listed under a longer one of the page only when one
candidate remains. What fits nothing stays open and names nothing. The rules, in order:

1. a level and a body (区总工会, 镇政府): the latest full name that ends so, else the article's own district with that
   body (区民政局 in an article about 东城区 is 东城区民政局);
2. a host word and a body (集团工会, 该公司工会): the latest host of that kind with that body;
3. a place in front (湖南永州市总工会) adds nothing: same as the name without it;
4. a shorter form that leaves out only words of trade and legal form, with one candidate of the same type;
5. a quoted short form (“产改”) whose characters occur in that order in just one programme named before it;
6. a pointer (该公司): the latest name of the same type that ends so, else the latest of that type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.clean import plain_name
from kg.lexicon import Lexicon
from kg.model import Article, Entity, Mention
from kg.resolve.article import countable, entailed_unions, resolve_article
from kg.resolve.names import Key, listed_names

__all__ = ["resolve_mentions"]


@dataclass(slots=True)
class _Group:
    """An entity while it is put together; forms are keys, as an ordered set."""

    article: int
    aliases: dict[str, None] = field(default_factory=dict)
    anaphora: dict[str, None] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)


def resolve_mentions(articles: Sequence[Article], mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Entity, ...]:
    """Groups the mentions of a page into entities.

    Args:
        articles: All articles of the page.
        mentions: All their mentions, by article and place.
        lexicon: The word classes.

    Returns:
        Entities in order of first mention; an entailed one (the new union of a company) follows its company and has no
        mentions.
    """
    of_articles: dict[int, list[Mention]] = {article.index: [] for article in articles}
    for mention in mentions:
        of_articles[mention.article].append(mention)
    all_of = [of_articles[article.index] for article in articles]
    by_article = [countable(of_one) for of_one in all_of]
    listed = listed_names([m for of_one in by_article for m in of_one if not m.anaphor], lexicon)
    groups: dict[Key, _Group] = {}
    for article, of_one, inner in zip(articles, by_article, all_of, strict=True):
        for key, mention in resolve_article(article, of_one, inner, listed, lexicon):
            _add(groups.setdefault(key, _Group(article.index)), key, mention)
        for key in entailed_unions(article, of_one, listed, lexicon):
            groups.setdefault(key, _Group(article.index))
    return tuple(_entity(number, key, group) for number, (key, group) in enumerate(groups.items(), 1))


def _add(group: _Group, key: Key, mention: Mention) -> None:
    group.mentions.append(mention)
    if mention.anaphor:
        group.anaphora.setdefault(mention.surface)
    elif mention.rule == "shared-host":
        # 工会 in 兰州石化公司党委、工会: the name was put together, the text does not have it.
        group.anaphora.setdefault(mention.name)
    else:
        # The text may have more than the name: 湖南 in front.
        forms = (mention.name, plain_name(mention.surface))
        group.aliases.update(dict.fromkeys(form for form in forms if form != key[1]))


def _entity(number: int, key: Key, group: _Group) -> Entity:
    return Entity(
        id=f"e{number}",
        type=key[0],
        name=key[1],
        aliases=tuple(group.aliases),
        anaphora=tuple(group.anaphora),
        article=group.article,
        mentions=tuple(group.mentions),
    )
