"""Without this, a machine would propose claims about newsletters and about who wrote the article.

Every pattern must fit a whole paragraph or sentence, and a short one: to offer a stray line is a
nuisance, to pass over a statement is a loss.
"""

from __future__ import annotations

import re
from functools import cache

_LONGEST = 200
"""In code points. Nothing longer is taken for a byline or a promotion."""
_TAIL = 120
"""Code points at a paragraph's end in which a cue that it goes on elsewhere may stand."""

_NAME = r"(?:(?:d[aeio]|d[eo]s|del|la|le|van|von|der|den|ter|bin|al)\s){0,2}[^\W\d_a-z][\w.’'-]*"
_NAMES = rf"{_NAME}(?:\s{_NAME}){{1,3}}"
_PEOPLE = rf"{_NAMES}(?:(?:,|,?\s(?:and|&))\s{_NAMES}){{0,5}}"
_TRADE = r"(?:writer|reporter|editor|correspondent|columnist|contributor|staff)s?"
_POST = (
    r"(?:manager|director|engineer|analyst|economist|officer|executive|chief|president|chair(?:man"
    r"|woman)?|founder|spokes(?:man|woman|person)|minister|mayor|professor|researcher|scientist"
    r"|partner|owner|secretary|lawyer|farmer|resident|head|CEO|CFO|CTO|COO)"
)
"""What somebody is who is quoted: "Jonas Ek, project manager"."""
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?(?:{_MONTH}\s\d{{1,2}}\b"
    rf"|\d{{1,2}}(?:st|nd|rd|th|\.)?\s{_MONTH}|\d{{4}}-\d\d|\d{{1,2}}[./]\d{{1,2}}|\d{{1,2}}:\d\d"
    r"|\d+\s(?:minutes?|hours?|days?|mins?)\sago)"
)
_PLACED = rf"(?:\s(?:in|and)\s{_NAME}(?:\s{_NAME}){{0,2}}(?:,\s{_NAME}(?:\s{_NAME})?)?){{1,3}}"
"""Where a reporter is: "in Boston", "in Austin, Texas and in New York"."""
_BYLINES = (
    rf"(?i:(?:(?:written|reported|story|text|words|photographs?|photos?)\s)?by:?)\s{_PEOPLE}"
    rf"(?:{_PLACED})?"
    rf"(?:\s?[|•·–—-]\s?[^.!?]{{0,80}}|,\s(?:{_NAMES}|[^.!?]{{0,40}}\b{_TRADE}))?",
    rf"(?:Von|Par|Por|Di|Door|Av|Af|De|Texto:|Texte:|Text:)\s{_PEOPLE}"
    rf"(?:(?:,|\s(?:in|à|en|a|aus|i))\s{_NAME}(?:\s{_NAME})?)?",
    rf"{_NAMES}(?:\s(?:in|reports?\sfrom)\s{_NAME}(?:\s{_NAME})?)?,?"
    rf"\sis\s(?:an?|our)\s(?:[\w-]+\s){{0,4}}{_TRADE}"
    r"(?:\s(?:at|for|with|of|in|on|based|covering|who)\b[^.!?]*)?\.?",
    rf"(?:[—–-]\s?)?{_NAMES},\s(?:(?:our|the|a|an)\s)?(?:[\w/&-]+\s){{0,4}}"
    rf"(?i:{_TRADE}|{_POST})(?:\s(?:of|at|for|in)\s[^.!?,]{{1,60}})?",
    r"(?i:with|plus)\s(?:reporting|files|contributions)\s(?:by|from)\s.{1,120}",
    rf"{_PEOPLE}\scontributed\s(?:reporting|to\sthis\s(?:article|report|story|piece))\b.{{0,60}}",
    rf"(?i:(?:last\s)?(?:updated|published|posted|modified)(?::|\s(?:on|at)\b)?\s(?:{_DATE})).{{0,30}}",
    r"\d+[\s-]min(?:ute)?s?[\s-]read",
    r"\(?(?i:(?:additional\s)?(?:reporting|editing|writing)\sby)\s.{1,180}",
    r"(?i:(?:image|photo|picture)\s(?:credits?|by)|photo|photograph|source):\s?[^.!?:]{1,80}",
    rf"(?i:credit):\s?{_NAME}(?:[\s/]{_NAME}){{0,5}}",
)
_LETTER = (
    r"(?:newsletters?|briefings?|bulletins?|e-?mails?|mailing\slists?|digests?|inbox"
    r"|podcasts?|apps?)"
)
_ONWARD = (
    r"(?:weiterlesen|mehr\slesen|(?:zum|den)\s(?:(?:ganzen|vollständigen|kompletten)\s)?artikel"
    r"(?:\slesen(?:\ssie)?)?|lire\s(?:la\ssuite|plus|l['’]article(?:\scomplet|\sentier)?)"
    r"|(?:seguir|sigue|siga|continuar|continúa)\sleyendo|leer\s(?:más|el\sartículo(?:\scompleto)?)"
    r"|continua\s(?:a\sleggere|la\slettura)|leggi\s(?:tutto|di\spiù|l['’]articolo(?:\scompleto)?)"
    r"|(?:continue|continuar)\s(?:lendo|a\sler)|leia\s(?:mais|a\smatéria(?:\scompleta)?"
    r"|o\sartigo(?:\scompleto)?)|lees\s(?:verder|meer|het\s(?:hele|volledige)\sartikel)"
    r"|verder\slezen|läs\s(?:mer|vidare|hela\sartikeln)|fortsätt\s(?:att\s)?läsa)"
    r"(?:\s(?:auf|bei|mit|hier|sur|en|su|no|na|em|op|bij|på|hos|aquí|qui|aqui|ici)\b.{0,80})?"
)
"""It goes on elsewhere: German, French, Spanish, Italian, Portuguese, Dutch, Swedish."""
_PAYING = (
    r"(?:subscribers|members|abonnent\w*|abonnés|suscriptores|abbonati|assinantes|abonnees"
    r"|prenumeranter)"
)
_PROMOTIONS = (
    _ONWARD,
    rf"(?:(?:this|dieser?|cet?|este|questo|dit)\s)?(?:article|story|content|post|artikeln?|beitrag"
    rf"|inhalt|contenu|contenido|artículo|articolo|contenuto|conteúdo|artigo)\s"
    rf"(?:(?:is|ist|est|es|è|é|är)\s)?(?:only\s|exclusive\sto\s|exclusivo\s)?"
    rf"(?:for\s|nur\sfür\s|réservé\saux\s|(?:sólo\s|solo\s)?para\s|riservato\sagli\s"
    rf"|alleen\svoor\s|endast\sför\s)?(?:our\s|unsere\s|nos\s|nuestros\s|onze\s|våra\s)?"
    rf"{_PAYING}(?:\sonly)?",
    r"(?:already\sa\s(?:subscriber|member)|(?:bereits|schon)\sabonn\w+|déjà\sabonnée?"
    r"|¿ya\s(?:eres|es)\ssuscript\w+|(?:sei\s)?già\sabbonat\w|já\sé\sassinante|al\sabonnee"
    r"|redan\sprenumerant)\s?\?.*",
    r"to\s(?:read|continue|keep)\s.{1,60},\s(?:please\s)?(?:subscribe|sign\sup|log\sin|register)\b.*",
    r"(?:create|open)\s(?:a|your)\s(?:free\s)?account\b.{0,40}",
    r"listen\sto\sthis\s(?:article|story)\b.{0,30}",
    r"(?:enjoying|enjoyed|like|liked)\s(?:this|what)\b.{0,40}\?.*",
    r"support\s(?:our|independent|quality|local)\s(?:journalism|reporting|newsroom)\b.*",
    r"(?:please\s)?(?:sign\sup|subscribe)\s(?:(?:now|here|today)\s)?(?:for|to|here|now|today)\b.*",
    r"(?:please\s)?(?:sign\sup|subscribe|register|log\sin|sign\sin)(?:\s(?:now|here|today|free))?",
    rf"(?:get|receive|read|join|download|want|sign\sup|subscribe)\b.{{0,90}}"
    rf"\b(?:our|this|these|the)\s(?:[\w-]+\s){{0,4}}{_LETTER}\b.{{0,90}}?"
    r"\b(?:sign\sup|subscribe|every\s(?:morning|day|week|evening|weekday)|daily|weekly|today|here)\b.*",
    rf"(?:get|receive)\s(?:our|the|all)\b.{{1,80}}\s(?:by|in|to|with)\s(?:your\s)?{_LETTER}\b.*",
    r"(?:was|has|had)\sthis\s(?:(?:e-?mail|newsletter|briefing|story)\s)?(?:been\s)?"
    r"(?:forwarded|sent|shared)\s(?:on\s)?(?:to|with)\syou\b.*",
    r"(?:did\s)?(?:someone|somebody|a\s(?:friend|colleague))\s(?:forward|send|sent|forwarded|share)"
    r"(?:ed)?\s(?:you\s)?this\b.*",
    r"forward\sthis\s(?:e-?mail|newsletter|briefing|story|to)\b.*",
    rf"(?:you\sare|you['’]re|you)\s(?:receiv(?:ed|ing|e)|getting|reading)\s(?:this|our)\b.*"
    rf"\b(?:{_LETTER}|because|subscri\w+)\b.*",
    r"(?:un-?subscribe|manage\syour\s(?:preferences|subscriptions?)|update\syour\spreferences"
    r"|view\s(?:this\s(?:e-?mail\s)?)?(?:online|in\s(?:your|a)\sbrowser))\b.{0,80}",
    r"see\salso\b(?!\s(?:a|an|how|why|that|what|more)\b).*",
    rf"(?:this|it)\s(?:article|story|piece|column|essay|report|post)\s(?:is|was|comes|appears|appeared)\s"
    rf"(?:\w+\s){{0,3}}(?:from|in|of|part\sof|sent)\s(?:our|the|today['’]s|this\sweek['’]s)\b.*"
    rf"\b(?:{_LETTER}|edition|issue)\b.*",
    r"our\s(?:long\sread|podcast|newsletter|explainer|guide|live\sblog|interactive|video|tracker"
    r"|full\scoverage|special\sreport)\s(?:on|about|to|explains|shows|tells|looks|has|of|is\shere)\b.*",
    r"(?:have|got)\s(?:a\s)?(?:tips?|news|feedback|story|questions?)\b.{0,60}\b(?:e-?mail|write|get\sin\stouch"
    r"|tell|let\sus|contact)\b.*",
    r"(?:listen\sto|watch|hear)\s(?:our|this|the\s(?:full|latest))\s(?:\w+\s){0,3}"
    r"(?:podcast|episode|interview|video|show)\b.*",
    r"(?:want|looking\sfor)\smore\b.{0,60}[?:].*",
    r"for\smore\s(?:on\sthis|stories|news|like\sthis)\b.*",
    r"thanks?(?:\syou)?\sfor\s(?:reading|subscribing|signing\sup)\b.*",
    # German, French, Spanish, Italian, Portuguese, Dutch, Swedish
    r"(?:jetzt\s)?(?:abonnieren|bestellen)\ssie\b.*\b(?:newsletter|brief\w*|podcast|kanal)\b.*",
    r"(?:hier\s|jetzt\s)?(?:zum\s)?(?:newsletter|podcast)\b.{0,40}\b(?:anmelden|abonnieren|bestellen)\b.*",
    r"melden\ssie\ssich\b.{0,60}\b(?:newsletter|an)\b.*",
    r"(?:lesen\ssie|lies|mehr)\s(?:auch|dazu|mehr|weiter|zum\sthema)\b.{0,120}",
    r"(?:siehe|vgl\.|sehen\ssie)\sauch\b.*|weiterlesen\b.*|anzeige|werbung",
    r"(?:abonnez|inscrivez)-vous\b.*|(?:à\s)?lire\s(?:aussi|également)\b.*|voir\saussi\b.*|lire\sla\ssuite\b.*"
    r"|publicité",
    r"(?:suscríb[ae]\w*|suscribirse|apúnt[ae]\w*|regístr[ae]\w*)\b.{0,100}"
    r"|(?:lea|lee|leer|vea|ver)\s(?:también|además|más)\b.*|sigue\sleyendo\b.*|publicidad",
    r"(?:iscriviti|abbonati|iscrivetevi)\b.*|(?:leggi|vedi)\sanche\b.*|continua\sa\sleggere\b.*|pubblicità",
    r"(?:assine|inscreva-se|cadastre-se)\b.{0,100}|(?:leia|veja)\s(?:também|mais)\b.*|publicidade",
    r"(?:meld\sje|schrijf\sje)\b.{0,60}\bnieuwsbrief\b.*|lees\s(?:ook|meer|verder)\b.*|zie\sook\b.*",
    r"(?:prenumerera|anmäl\sdig)\b.{0,80}|läs\s(?:också|mer|även)\b.*|se\sockså\b.*",
    r"(?:click|tap)\shere\b.*",
    r"(?:continue|keep)\sreading\b.*",
    r"read\s(?:more|next|also|on|this(?:\snext)?)(?:\s?[:|–—-].*|\s(?:at|on|in|about|here)\b.*)?",
    r"read\s(?:the\s)?(?:full|rest|whole|entire|original)\b.*",
    r"(?:(?:also|must)[\s-](?:read|see)|see\s(?:also|more)|related(?:\s\w+)?)\s?:.*",
    r"(?:more\sfrom|recommended\sreading|more\sstories|you\s(?:may|might)\salso\slike)\b.*",
    r"(?:follow|like|join)\sus\s(?:on|at)\b.*",
    r"(?:download|get)\sour\s(?:free\s)?(?:app|newsletter|e-?book)\b.*",
    r"get\s.{1,100}\s(?:in|to)\syour\sinbox\b.*",
    r"share\s(?:this|on)\b.{0,60}",
    r"(?:(?:view|leave|post|read)\s(?:all\s|a\s|the\s)?)?(?:\d+\s)?comments?",
    r"advertisement|advertising|sponsored(?:\s(?:content|post))?|promoted",
    r"the\spost\s.{1,150}\s(?:appeared\sfirst|first\sappeared)\son\b.*",
    r"this\s(?:article|story|post)\s(?:was\s)?(?:originally|first)\s(?:appeared|published)\b.*",
    r"all\srights\sreserved|copyright\s(?:©|\(c\)|\d).*|©.*",
    r"\[image:.*\]",
)
_CUE_START = (
    # What a cue begins with, asked first: at most letters it ends the look at once.
    r"(?=(?-i:[\[(….CcKk\u212aRrA-Z]))(?:"
    r"[\[(…]|\.{3}|\b(?:continue|keep|read)\b"
    rf"|(?:^|(?<=[.!?…»”\"]\s))(?=(?-i:[A-Z])){_ONWARD})"
)
_CUT_OFF = (
    r"(?:\[\s?(?:…|\.{3})\s?\]|\((?:more|…|\.{3})\)|\[\+\d+\schars\]|…|\.{3}"
    r"|(?:continue|keep)\sreading\b.{0,80}"
    rf"|{_ONWARD}"
    r"|read\s(?:more|on|the\s(?:full|rest)\b.{0,40}))[\s.…»→>›]*"
)
_SYNDICATION = re.compile(
    r"the\spost\s.*\s(?:appeared\sfirst|first\sappeared)\son\b", re.IGNORECASE
)


def is_promotion(text: str) -> bool:
    """Whether a whole paragraph only sells, leads elsewhere, or names who made the article."""
    if len(text) > _LONGEST:
        return False
    return bool(_promotion().fullmatch(text.strip())) or is_byline(text)


def is_byline(text: str) -> bool:
    """Whether a whole paragraph names who made the article, or when."""
    return len(text) <= _LONGEST and bool(_byline().fullmatch(text.strip()))


def ends_like_a_teaser(text: str) -> bool:
    """Whether a paragraph breaks off, as "[…]", or asks to read on elsewhere."""
    tail = text.rstrip()[-_TAIL:]
    cue, cut_off = _cut_off()
    return any(cut_off.fullmatch(tail, one.start()) for one in cue.finditer(tail))


def is_syndication_mark(text: str) -> bool:
    """Whether a paragraph is what blogs append to a feed: "The post … appeared first on …"."""
    return len(text) <= 2 * _LONGEST and bool(_SYNDICATION.match(text))


# Compiled when first needed: that takes milliseconds, and the app's first paint needs neither.
@cache
def _promotion() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_PROMOTIONS)})[\s.!…»→>›]*", re.IGNORECASE)


@cache
def _byline() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{byline})" for byline in _BYLINES))


@cache
def _cut_off() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_CUE_START, re.IGNORECASE), re.compile(_CUT_OFF, re.IGNORECASE)
