"""What is planted by planted_edits.py: clauses with and without an agent, and two lists of loaded words."""

from __future__ import annotations

# Pairs of as many words, told with an agent and without.
CLAUSES = (
    ("Workers repaired the bridge.", "The bridge was repaired."),
    ("Crews removed the barriers early.", "The barriers were removed early."),
    ("Staff cleaned the hall afterwards.", "The hall was cleaned afterwards."),
    ("Volunteers delivered the boxes later.", "The boxes were delivered later."),
    ("Organisers moved the chairs outside.", "The chairs were moved outside."),
    ("Clerks counted the envelopes again.", "The envelopes were counted again."),
    ("Residents swept the street.", "The street was swept."),
    ("Painters covered the windows.", "The windows were covered."),
    ("Drivers parked the buses nearby.", "The buses were parked nearby."),
    ("Engineers checked the lift.", "The lift was checked."),
    ("Gardeners planted the trees.", "The trees were planted."),
    ("Builders extended the terrace.", "The terrace was extended."),
    ("Someone locked the side door.", "The side door was locked."),
    ("Cooks served the meal indoors.", "The meal was served indoors."),
    ("Printers changed the paper.", "The paper was changed."),
    ("Caretakers switched the lights off.", "The lights were switched off."),
    ("Neighbours shared the garden.", "The garden was shared."),
    ("Movers packed the shelves.", "The shelves were packed."),
    ("Curators hung the pictures.", "The pictures were hung."),
    ("Somebody wrote the date above.", "The date was written above."),
    ("Carpenters built the stage outdoors.", "The stage was built outdoors."),
    ("Students drew the map again.", "The map was drawn again."),
    ("Tailors sewed the curtains.", "The curtains were sewn."),
    ("Porters carried the trunks upstairs.", "The trunks were carried upstairs."),
    ("Surveyors measured the field.", "The field was measured."),
    ("Musicians tuned the piano beforehand.", "The piano was tuned beforehand."),
    ("Bakers sold the bread.", "The bread was sold."),
    ("Waiters folded the napkins.", "The napkins were folded."),
    ("Librarians shelved the volumes.", "The volumes were shelved."),
    ("Fishermen mended the nets.", "The nets were mended."),
)

# Loaded adjectives written down before any was looked up in the list that ships.
_BLIND = """
abhorrent abominable absurd alarming angry anguished appalling arrogant astonishing atrocious awful awesome
barbaric beastly beautiful beloved bewildering bitter bizarre bleak bloodthirsty blistering bold botched
brave brazen breathtaking brilliant brutal callous catastrophic chaotic charming cheap chilling clumsy
contemptible corrupt cowardly crazy creepy cruel crushing cynical dazzling dangerous deadly deceitful decent
deplorable despicable desperate devastating dire disastrous disgraceful disgusting dishonest dismal
disturbing draconian dreadful dubious embarrassing enormous evil exciting explosive fabulous fanatical
fantastic farcical fearless ferocious flimsy foolish foul frantic frightening furious futile ghastly
glorious glowing gorgeous greedy grim gripping grotesque gruesome harrowing harsh hateful heartbreaking
heartless heroic hideous hilarious historic hopeless horrible horrific horrifying humiliating hypocritical
hysterical idiotic ignorant immoral inept infamous inhumane inspiring insane insulting jaw-dropping
ludicrous mad magnificent malicious marvellous menacing merciless mindless miserable monstrous murderous
nasty naive nightmarish notorious obscene obsessive ominous oppressive outrageous pathetic petty phony
pitiful pointless poisonous predatory proud racist reckless remarkable repulsive revolting ridiculous rotten
ruthless sad savage scandalous scary senseless shabby shady shameful shameless shocking sickening sinister
slimy smug sordid spectacular spineless spiteful stunning stupid sweeping terrible terrifying thrilling
tragic treacherous triumphant troubling ugly unbelievable unfair unforgivable unjust vicious vile vindictive
vulgar wicked wonderful worthless wretched
"""
BLIND = tuple(_BLIND.split())
# Loaded adjectives chosen because the list that ships lacks them.
_OUTSIDE = """
acidic acrid aching anaemic ballooning barmy barnstorming beastly beguiling bewitching bilious bleary
blissful bloodcurdling bloodless bracing braying bubbly cantankerous careworn choleric cloying cocksure
crabby crotchety crummy curmudgeonly daft dauntless dewy-eyed dim-witted dingy divine doddering doleful
dopey doting doughty dyspeptic edgy effervescent elegant entrancing exuberant facile faceless fevered flinty
flashy foaming footling foul fretful frosty fusty fuzzy-headed gaunt generous-hearted gleaming glitzy glossy
glum greasy grouchy haggard hangdog hard-hearted haunting heartsick heavenly heavy-hearted icy incandescent
jaundiced jaunty jolly jowly lofty loopy lordly lustrous maudlin mawkish morose mouldering mournful
muddle-headed nerve-racking nervy niggling oafish oily ostentatious pallid perky pestilential picayune
pie-eyed piggish pollyannaish priggish prim prissy puckish radiant rapturous ratty regal resplendent robotic
rose-tinted rotten-hearted rueful saccharine sainted sappy scalding scatterbrained schmaltzy scorching
scraggy scrawny scruffy shimmering showy sickly skin-crawling skittish snivelling snooty soft-hearted sombre
soppy sorrowful spellbinding spindly spirited splenetic sprightly spunky starchy stately stirring stodgy
stony stormy stout-hearted sugary sulky surly swinish syrupy tacky tempestuous toe-curling turgid twitchy
verminous volcanic wan waspish wearisome weaselly weepy white-knuckle wimpish withered wooden woolly
wrenching
"""
OUTSIDE = tuple(_OUTSIDE.split())
