"""The news of a delegation or a person, for the pages that are about it."""

from django import template

from news.teasers import teasers

OF_A_DELEGATION, OF_A_PERSON = 5, 20

register = template.Library()


@register.inclusion_tag("news/_of_delegation.html")
def news_of_delegation(delegation):
    articles = teasers(delegation.articles.published()[:OF_A_DELEGATION])
    return {"delegation": delegation, "articles": articles}


@register.inclusion_tag("news/_of_person.html")
def news_of_person(person):
    return {"person": person, "articles": teasers(person.articles.published()[:OF_A_PERSON])}
