"""Events: sentence -> type, trigger, roles; what is no event; polarity, modality, tense; time, figures, causes."""

from __future__ import annotations

import pytest

from kg.extract.events import make_events, make_rejections

#: Sentence, type, trigger, and "role: filler; role: filler" of that event, in the order of the roles.
READINGS = [
    (
        "The militia fired mortars packed with chlorine in the suburb of Orrel.",
        "Shelling",
        "fired",
        "attacker: The militia; instrument: mortars; place: the suburb of Orrel",
    ),
    # verbs, active and passive
    (
        "Rebels attacked the garrison at Norvik.",
        "ArmedClash",
        "attacked",
        "attacker: Rebels; target: the garrison; place: Norvik",
    ),
    ("The garrison was attacked by rebels.", "ArmedClash", "attacked", "attacker: rebels; target: The garrison"),
    ("Jets bombed a depot near Tarvo.", "AirStrike", "bombed", "target: a depot; instrument: Jets; place: Tarvo"),
    (
        "Government artillery shelled the suburb of Dorrin.",
        "Shelling",
        "shelled",
        (
            "attacker: Government; target: the suburb of Dorrin; instrument: Government artillery; "
            "place: the suburb of Dorrin"
        ),
    ),
    ("Gunmen stormed a hotel in Merkesh.", "Assault", "stormed", "attacker: Gunmen; target: a hotel; place: Merkesh"),
    (
        "Guerrillas ambushed an army patrol near Casanta.",
        "Ambush",
        "ambushed",
        "attacker: Guerrillas; target: an army patrol; place: Casanta",
    ),
    (
        "A patrol was ambushed by guerrillas near Casanta.",
        "Ambush",
        "ambushed",
        "attacker: guerrillas; target: A patrol; place: Casanta",
    ),
    ("Troops clashed with rebels in Ardeo.", "ArmedClash", "clashed", "attacker: Troops; target: rebels; place: Ardeo"),
    (
        "Israel struck the airport of Damascus.",
        "Attack",
        "struck",
        "attacker: Israel; target: the airport; place: Damascus",
    ),
    (
        "Russian jets hit a hospital in Idlib.",
        "AirStrike",
        "hit",
        "attacker: Russian; target: a hospital; instrument: Russian jets; place: Idlib",
    ),
    (
        "Militants opened fire on a bus in Lagara.",
        "Shooting",
        "opened fire",
        "attacker: Militants; target: a bus; place: Lagara",
    ),
    (
        "Two men were gunned down by unknown assailants.",
        "Shooting",
        "gunned down",
        "attacker: unknown assailants; target: Two men",
    ),
    (
        "Unknown men assassinated the mayor of San Toribio.",
        "Assassination",
        "assassinated",
        "attacker: Unknown men; victim: the mayor",
    ),
    (
        "The militia executed four prisoners in Tolme.",
        "Execution",
        "executed",
        "attacker: The militia; victim: four prisoners; place: Tolme",
    ),
    (
        "Paramilitaries massacred 30 villagers.",
        "Massacre",
        "massacred",
        "attacker: Paramilitaries; victim: 30 villagers",
    ),
    ("The journalist was murdered in her flat.", "Killing", "murdered", "victim: The journalist"),
    ("Eleven soldiers were killed by gunmen.", "Killing", "killed", "attacker: gunmen; victim: Eleven soldiers"),
    ("Three guards died in the raid.", "Killing", "died", "victim: Three guards"),
    ("Shrapnel wounded seven shoppers.", "Injury", "wounded", "victim: seven shoppers; instrument: Shrapnel"),
    (
        "Armed men kidnapped two engineers near Ubari.",
        "Abduction",
        "kidnapped",
        "attacker: Armed men; victim: two engineers; place: Ubari",
    ),
    (
        "Three nurses were taken hostage by the rebels.",
        "Abduction",
        "taken hostage",
        "attacker: the rebels; victim: Three nurses",
    ),
    (
        "Soldiers raped several women, a doctor said.",
        "SexualViolence",
        "raped",
        "attacker: Soldiers; victim: several women",
    ),
    (
        "Rebels set fire to a school in Orrel.",
        "Destruction",
        "set fire to",
        "attacker: Rebels; target: a school; place: Orrel",
    ),
    (
        "The army besieged the town of Farrat.",
        "Siege",
        "besieged",
        "attacker: The army; target: the town of Farrat; place: the town of Farrat",
    ),
    (
        "Police arrested nine suspects in Valdor.",
        "Arrest",
        "arrested",
        "agent: Police; target: nine suspects; place: Valdor",
    ),
    ("The fighting displaced thousands of families.", "Displacement", "displaced", "victim: thousands of families"),
    ("The rebels freed two nurses.", "Release", "freed", "agent: The rebels; target: two nurses"),
    ("Thousands protested in Marvik.", "Protest", "protested", "agent: Thousands; place: Marvik"),
    ("The brigade withdrew from the pass.", "Withdrawal", "withdrew", "agent: The brigade"),
    # territory
    (
        "The group captured the city of Lesra.",
        "TerritoryCapture",
        "captured",
        "attacker: The group; target: the city of Lesra; place: the city of Lesra",
    ),
    (
        "Rebels seized control of two villages.",
        "TerritoryCapture",
        "seized control of",
        "attacker: Rebels; target: two villages",
    ),
    (
        "Troops recaptured the town of Mollen from the rebels.",
        "TerritoryRegained",
        "recaptured",
        "attacker: Troops; target: the town of Mollen; origin: the rebels",
    ),
    ("The army retook the village.", "TerritoryRegained", "retook", "attacker: The army; target: the village"),
    ("Rebels captured three soldiers.", "Abduction", "captured", "attacker: Rebels; victim: three soldiers"),
    (
        "Police seized two rifles in Onderby.",
        "DisruptedWeapons",
        "seized",
        "agent: Police; target: two rifles; place: Onderby",
    ),
    ("Soldiers found a cache of rockets.", "DisruptedWeapons", "found", "agent: Soldiers; target: a cache of rockets"),
    ("Sappers defused a bomb.", "DisruptedWeapons", "defused", "agent: Sappers; target: a bomb"),
    (
        "Air defences intercepted three missiles over Karsal.",
        "Interception",
        "intercepted",
        "agent: Air defences; target: three missiles; place: Karsal",
    ),
    ("The rebels shot down a helicopter.", "Interception", "shot down", "agent: The rebels; target: a helicopter"),
    # arms make the type
    (
        "Drones attacked the refinery at Sulmar.",
        "DroneStrike",
        "attacked",
        "target: the refinery; instrument: Drones; place: Sulmar",
    ),
    (
        "The army attacked the port with rockets.",
        "MissileStrike",
        "attacked",
        "attacker: The army; target: the port; instrument: rockets",
    ),
    (
        "Militants fired dozens of rockets at the port.",
        "MissileStrike",
        "fired",
        "attacker: Militants; target: the port; instrument: dozens of rockets",
    ),
    (
        "Two men threw a grenade at a police post.",
        "GrenadeAttack",
        "threw",
        "attacker: Two men; target: a police post; instrument: a grenade",
    ),
    (
        "Helicopters dropped barrel bombs on Halvo.",
        "AirStrike",
        "dropped",
        "target: Halvo; instrument: Helicopters, barrel bombs",
    ),
    ("A roadside bomb exploded near a convoy.", "RemoteExplosive", "exploded", "instrument: A roadside bomb"),
    ("A car bomb went off in Belun.", "RemoteExplosive", "went off", "instrument: A car bomb; place: Belun"),
    (
        "A suicide bomber blew himself up at a mosque in Kelpur.",
        "SuicideBombing",
        "blew himself up",
        "attacker: A suicide bomber; place: a mosque, Kelpur",
    ),
    ("Attackers detonated a car bomb.", "RemoteExplosive", "detonated", "attacker: Attackers; instrument: a car bomb"),
    (
        "The army used chlorine gas against the rebels.",
        "ChemicalAttack",
        "used",
        "attacker: The army; target: the rebels; instrument: chlorine gas",
    ),
    ("Tanks fired shells at the village.", "Shelling", "fired", "target: the village; instrument: Tanks, shells"),
    # nouns and what stands before them
    ("A US airstrike hit the bridge.", "AirStrike", "airstrike", "attacker: US; target: the bridge"),
    ("US and Iraqi airstrikes destroyed trucks.", "AirStrike", "airstrikes", "attacker: US, Iraqi"),
    (
        "The mayor condemned the Taliban attack on the school.",
        "Attack",
        "attack",
        "attacker: Taliban; target: the school",
    ),
    ("A suicide car bomb attack shook Belun.", "SuicideBombing", "bomb attack", "instrument: suicide, car"),
    ("The church bombing shocked the town.", "Bombing", "bombing", "target: church"),
    (
        "The killing of two nurses by gunmen shocked the town.",
        "Killing",
        "killing",
        "attacker: gunmen; victim: two nurses",
    ),
    ("The group's raid on the camp failed.", "Attack", "raid", "attacker: The group; target: the camp"),
    ("A drone strike by the army killed nine men.", "DroneStrike", "drone strike", "attacker: the army"),
    ("The shelling of Dorrin by the army went on.", "Shelling", "shelling", "attacker: the army; target: Dorrin"),
    (
        "Clashes between soldiers and rebels broke out in Ardeo.",
        "ArmedClash",
        "Clashes",
        "attacker: soldiers, rebels; place: Ardeo",
    ),
    ("The siege of Farrat by the rebels lasted weeks.", "Siege", "siege", "attacker: the rebels; target: Farrat"),
    ("An ambush in Orrel left two soldiers dead.", "Ambush", "ambush", "place: Orrel"),
    ("A rocket attack on the base wounded two men.", "MissileStrike", "rocket attack", "target: the base"),
    ("The explosion of a mine wounded a herder.", "RemoteExplosive", "explosion", "instrument: a mine"),
    # light verbs and what else supports a noun
    (
        "The coalition conducted airstrikes on a depot.",
        "AirStrike",
        "airstrikes",
        "attacker: The coalition; target: a depot",
    ),
    ("The army carried out an attack on the market.", "Attack", "attack", "attacker: The army; target: the market"),
    ("Rebels launched a wave of attacks on the port.", "Attack", "attacks", "attacker: Rebels; target: the port"),
    (
        "The FMLN staged harassment attacks on army units.",
        "ArmedClash",
        "attacks",
        "attacker: The FMLN; target: army units",
    ),
    ("Airstrikes were carried out by the coalition.", "AirStrike", "Airstrikes", "attacker: the coalition"),
    ("It was a raid carried out by militants.", "Attack", "raid", "attacker: militants"),
    (
        "The army launched an offensive on the town of Sirra.",
        "Offensive",
        "offensive",
        "attacker: The army; target: the town of Sirra; place: the town of Sirra",
    ),
    (
        "The town of Farrat came under artillery fire.",
        "Shelling",
        "artillery fire",
        "target: The town of Farrat; place: The town of Farrat",
    ),
    ("The group claimed responsibility for the attack.", "Attack", "attack", "attacker: The group"),
    ("Police blamed the militia for the bombing.", "Bombing", "bombing", "attacker: the militia"),
    ("The militia was accused of the massacre.", "Massacre", "massacre", "attacker: The militia"),
    ("The mayor survived an assassination.", "Assassination", "assassination", "victim: The mayor"),
    ("The attack took place in Orrel.", "Attack", "attack", "place: Orrel"),
    # events that carry others
    (
        "The depot was hit by a wave of airstrikes from British and Saudi jets.",
        "AirStrike",
        "airstrikes",
        "attacker: British, Saudi; target: The depot; instrument: British and Saudi jets",
    ),
    (
        "The convoy was attacked by Iraqi gunships, destroying 30 trucks.",
        "Destruction",
        "destroying",
        "attacker: Iraqi; target: 30 trucks; instrument: Iraqi gunships",
    ),
    ("Jets bombed the town, killing six civilians.", "Killing", "killing", "victim: six civilians; instrument: Jets"),
    ("Rebels attacked the base and killed two guards.", "Killing", "killed", "attacker: Rebels; victim: two guards"),
    (
        "Two guards were kidnapped and killed by rebels.",
        "Abduction",
        "kidnapped",
        "attacker: rebels; victim: Two guards",
    ),
    ("Coalition strikes destroyed 40 trucks.", "Destruction", "destroyed", "attacker: Coalition; target: 40 trucks"),
    (
        "Twelve men were killed in a Russian airstrike on Orrel.",
        "Killing",
        "killed",
        "attacker: Russian; victim: Twelve men",
    ),
    (
        "The trucks destroyed by coalition forces were empty.",
        "Destruction",
        "destroyed",
        "attacker: coalition forces; target: The trucks",
    ),
    ("Gunmen who attacked the school fled.", "Attack", "attacked", "attacker: Gunmen; target: the school"),
    ("The school that gunmen attacked was closed.", "Attack", "attacked", "attacker: gunmen; target: The school"),
    (
        "A motorbike bomber killed nine people in Kelpur.",
        "SuicideBombing",
        "motorbike bomber",
        "attacker: A motorbike bomber; target: nine people; place: Kelpur",
    ),
    (
        "Two people died in a market blast in Kelpur.",
        "Bombing",
        "blast",
        "place: market, Kelpur",
    ),
    (
        "The raid, which Orrel blamed on Ruskov, destroyed a bakery.",
        "Destruction",
        "destroyed",
        "attacker: Ruskov; target: a bakery",
    ),
    (
        "Sudan's paramilitary Rapid Support Forces shelled a school near Kelpur.",
        "Shelling",
        "shelled",
        "attacker: Rapid Support Forces; target: a school; place: Kelpur",
    ),
    (
        "A car bomb exploded outside a bank in Kelpur as guards waited for their pay, killing two.",
        "Killing",
        "killing",
        "victim: two; instrument: A car bomb; place: Kelpur",
    ),
    (
        "A clerk was hurt in a drive-by shooting in east Kelpur.",
        "Shooting",
        "shooting",
        "place: east Kelpur",
    ),
    (
        "KELPUR - Coalition forces destroyed nine trucks.",
        "Destruction",
        "destroyed",
        "attacker: Coalition forces; target: nine trucks",
    ),
    (
        "Rebels seized the town of Orrel on Monday.",
        "TerritoryCapture",
        "seized",
        "attacker: Rebels; target: the town of Orrel; place: the town of Orrel",
    ),
    (
        "Nine guards were hurt when their truck struck a roadside bomb near Kelpur.",
        "RemoteExplosive",
        "struck",
        "target: their truck; instrument: a roadside bomb; place: Kelpur",
    ),
    (
        "Four guards were hurt when their convoy hit a mine near Kelpur.",
        "RemoteExplosive",
        "hit",
        "target: their convoy; instrument: a mine; place: Kelpur",
    ),
    (
        "A precision strike on a depot killed two guards.",
        "Attack",
        "precision strike",
        "target: a depot",
    ),
    ("The mayor was shot at a rally on Monday.", "Shooting", "shot", "target: The mayor"),
    (
        "A suicide bomber on a motorbike crashed into a foot patrol near Kelpur.",
        "SuicideBombing",
        "crashed into",
        "attacker: A suicide bomber; target: a foot patrol; place: Kelpur",
    ),
    (
        "A suicide bomber rammed his car into a police post near Kelpur.",
        "SuicideBombing",
        "rammed his car into",
        "attacker: A suicide bomber; target: a police post; instrument: his car; place: Kelpur",
    ),
    (
        "Two suicide bombers killed nine people in Kelpur.",
        "SuicideBombing",
        "suicide bombers",
        "attacker: Two suicide bombers; target: nine people; place: Kelpur",
    ),
    (
        "Moravia accused the army of bombing a market in Estra.",
        "Bombing",
        "bombing",
        "attacker: the army; target: a market; place: Estra",
    ),
    (
        "The West accused Moscow of also bombing moderate groups and civilians.",
        "Bombing",
        "bombing",
        "attacker: Moscow; target: moderate groups, civilians",
    ),
    ("The rebels tried to storm the barracks.", "Assault", "storm", "attacker: The rebels; target: the barracks"),
    ("The army ordered the brigade to attack the port.", "Attack", "attack", "attacker: the brigade; target: the port"),
    ("The group's plan to bomb the embassy failed.", "Bombing", "bomb", "attacker: The group; target: the embassy"),
    (
        "A convoy moved out of Hassin and was attacked by rebels.",
        "Attack",
        "attacked",
        "attacker: rebels; target: A convoy; origin: Hassin",
    ),
    # several fillers, pronouns, places
    ("They attacked it.", "Attack", "attacked", "attacker: They; target: it"),
    (
        "Rebels and militiamen attacked the port and the airport.",
        "Attack",
        "attacked",
        "attacker: Rebels, militiamen; target: the port, the airport",
    ),
    ("Jets struck Orrel, Dorrin and Halvo.", "AirStrike", "struck", "target: Orrel, Dorrin, Halvo; instrument: Jets"),
    (
        "The bomb killed four soldiers and three children.",
        "Killing",
        "killed",
        "victim: four soldiers, three children; instrument: The bomb",
    ),
    (
        "Troops clashed with rebels east of Ardeo.",
        "ArmedClash",
        "clashed",
        "attacker: Troops; target: rebels; place: east of Ardeo",
    ),
    (
        "Rebels attacked a convoy on the road in Orrel province.",
        "Attack",
        "attacked",
        "attacker: Rebels; target: a convoy; place: the road, Orrel province",
    ),
    # headlines
    ("ISIS Militants Killed in US Airstrikes", "Killing", "Killed", "attacker: US; victim: ISIS Militants"),
    ("ISIS Militants Killed in US Airstrikes", "AirStrike", "Airstrikes", "attacker: US"),
    ("Twelve killed in market blast", "Killing", "killed", "victim: Twelve"),
    ("22 dead in heavy raids on rebel stronghold", "Killing", "dead", "victim: 22"),
    ("Gunmen kill six in attack on police post", "Killing", "kill", "attacker: Gunmen; victim: six"),
    # arms that attackers bear, who is said to be behind it, to death
    (
        "Men armed with rifles attacked the mill.",
        "Shooting",
        "attacked",
        "attacker: Men; target: the mill; instrument: rifles",
    ),
    ("The bombing was attributed to the militia.", "Bombing", "bombing", "attacker: the militia"),
    ("Some blamed the attack on rebels.", "Attack", "attack", "attacker: rebels"),
    ("The raid is thought to have been carried out by rebels.", "Attack", "raid", "attacker: rebels"),
    ("Moravia accused the army of these deaths.", "Killing", "deaths", "attacker: the army"),
    (
        "Four men stabbed the prefect to death.",
        "Killing",
        "stabbed the prefect to death",
        "attacker: Four men; victim: the prefect",
    ),
    (
        "Guerrillas blew up a power pole near Ilob.",
        "Bombing",
        "blew up",
        "attacker: Guerrillas; target: a power pole; place: Ilob",
    ),
    ("Rebels set the shacks on fire.", "Destruction", "set the shacks on fire", "attacker: Rebels; target: the shacks"),
    ("The bombings aimed at commuters went on.", "Bombing", "bombings", "target: commuters"),
    (
        "Insurgents derailed a train near Soya.",
        "Destruction",
        "derailed",
        "attacker: Insurgents; target: a train; place: Soya",
    ),
    ("Two men machinegunned a guard.", "Shooting", "machinegunned", "attacker: Two men; target: a guard"),
    (
        "At least 21 civilians were killed by an air strike by the Moravian-led coalition.",
        "Killing",
        "killed",
        "attacker: the Moravian-led coalition; victim: At least 21 civilians",
    ),
    ("The group claimed responsibility for the killing.", "Killing", "killing", "attacker: The group"),
    (
        "The army launched two ballistic missiles at the port.",
        "MissileStrike",
        "launched",
        "attacker: The army; target: the port; instrument: two ballistic missiles",
    ),
    (
        "Rebels fired shells at the village.",
        "Shelling",
        "fired",
        "attacker: Rebels; target: the village; instrument: shells",
    ),
    ("Tuesday 6 Aug 2013 Rebels killed nine soldiers.", "Killing", "killed", "attacker: Rebels; victim: nine soldiers"),
    # where it was struck is where it happened
    (
        "Jets hit a clinic in the town of Farrat.",
        "AirStrike",
        "hit",
        "target: a clinic; instrument: Jets; place: the town of Farrat",
    ),
    (
        "Airstrikes on rebel-held districts of the city of Mosul went on.",
        "AirStrike",
        "Airstrikes",
        "target: rebel-held districts of the city of Mosul; place: the city of Mosul",
    ),
    # what nobody meant
    ("Four passengers were injured in the crash.", "DisasterInjury", "injured", "victim: Four passengers"),
    ("The flood destroyed 40 houses.", "DisasterDamage", "destroyed", "target: 40 houses"),
    ("Two men died when their car overturned.", "DisasterDeath", "died", "victim: Two men"),
    ("Swine flu has killed 30 people.", "DisasterDeath", "killed", "victim: 30 people"),
    # names that the model does not know as places
    (
        "The Northern Front seized Karsund in the spring of 2029.",
        "TerritoryCapture",
        "seized",
        "attacker: The Northern Front; target: Karsund; place: Karsund",
    ),
    (
        "The only hospital in besieged eastern Orrel has come under attack.",
        "Attack",
        "attack",
        "target: The only hospital; place: besieged eastern Orrel",
    ),
    # where things land, where people publish, lines that something is on
    (
        "Three rockets landed near a school in the Sakari district.",
        "MissileStrike",
        "landed",
        "instrument: Three rockets; place: a school, the Sakari district",
    ),
    ("The group claimed responsibility for the attack on its channel.", "Attack", "attack", "attacker: The group"),
    (
        "The shells set ablaze a flour mill on the Ister river.",
        "Destruction",
        "set ablaze",
        "target: a flour mill; instrument: The shells; place: the Ister river",
    ),
    # who does it where the grammar hides it
    (
        "The army foiled an attempt by extremists to detonate a truck in Orrel.",
        "Bombing",
        "detonate",
        "attacker: extremists; instrument: a truck; place: Orrel",
    ),
    (
        "It answered an air raid on the village of Tessel that locals say left 17 civilians dead.",
        "Killing",
        "left 17 civilians dead",
        "victim: 17 civilians",
    ),
    (
        "Dravian warplanes targeted an aid convoy escorted by the Red Cross, killing 22 volunteers.",
        "Killing",
        "killing",
        "attacker: Dravian; victim: 22 volunteers; instrument: Dravian warplanes",
    ),
    ("Forces loyal to the president killed 12 rebels in an ambush.", "Ambush", "ambush", "attacker: Forces"),
    (
        "Rocket attacks by rebels on the Old Harbour district of Orrel killed three people.",
        "MissileStrike",
        "Rocket attacks",
        ("attacker: rebels; target: the Old Harbour district of Orrel; place: the Old Harbour district of Orrel"),
    ),
    ("The rebels are ready to attack at any moment.", "Attack", "attack", "attacker: The rebels"),
    (
        "The airstrike hit a camp killing dozens of militants.",
        "AirStrike",
        "airstrike",
        "target: a camp",
    ),
    (
        "The rebels claimed a suicide attack on a police post in Orrel.",
        "SuicideBombing",
        "suicide attack",
        "attacker: The rebels; target: a police post; place: Orrel",
    ),
    ("The bombing claimed six lives.", "Bombing", "bombing", ""),
    # what an attack is for
    (
        "The army launched an offensive to retake eastern Orrel on Sunday.",
        "Offensive",
        "offensive",
        "attacker: The army; target: eastern Orrel",
    ),
    (
        "Militants tried to plant a bomb along a road to target security forces.",
        "Bombing",
        "plant",
        "attacker: Militants; target: security forces; instrument: a bomb; place: a road",
    ),
    # the bare word takes its kind from what was told
    (
        "A drone strike hit a depot. The army denies bombing the village. The envoy condemned the strike.",
        "DroneStrike",
        "strike",
        "",
    ),
    # headlines and lists
    (
        "Car bomb kills 12, wounds 30 in Orrel",
        "RemoteExplosive",
        "Car bomb",
        "target: 12; instrument: Car bomb; place: Orrel",
    ),
    ("The survey counts 14 killed, 9 injured, and 31 huts burned.", "Killing", "killed", "victim: 14"),
    ("Rebels killed six, and 21 houses were destroyed.", "Destruction", "destroyed", "target: 21 houses"),
    # crowds without arms, arms that are none
    (
        "Protesters clashed with police in the square.",
        "ViolentDemonstration",
        "clashed",
        "attacker: Protesters; target: police; place: the square",
    ),
    (
        "The front killed 70 soldiers in the gas field battle.",
        "ArmedClash",
        "battle",
        "target: gas field",
    ),
    # what is no violence
    ("Bus drivers began a two-day strike over pay.", "LabourStrike", "strike over pay", "agent: Bus drivers"),
    ("Teachers went on strike on Monday.", "LabourStrike", "went on strike", "agent: Teachers"),
    ("A ceasefire between the two armies began.", "Ceasefire", "ceasefire", "agent: the two armies"),
    ("Envoys of both countries held talks in Lissa.", "Talks", "talks", "agent: Envoys; place: Lissa"),
    ("Nine miners died when the mine flooded after an earthquake.", "DisasterDeath", "died", "victim: Nine miners"),
    ("The boiler exploded at the plant.", "Disaster", "exploded", "instrument: The boiler; place: the plant"),
    ("The earthquake killed 40 people.", "DisasterDeath", "killed", "victim: 40 people"),
]

NOTHING = [
    "A steward with a loudhailer cleared the square.",
    "A spokesman in Downing Street said nothing.",
    "The series was shot in Orrel.",
    "Faulty wiring caused a fire in a mill near Orrel.",
    # games and words
    "The team attacked in the second half.",
    "The visitors attacked from the left and scored twice.",
    "The minister came under attack in parliament.",
    "The mayor came under attack over her budget.",
    "By our correspondent | 14 March 2031",
    "The National Disaster Agency opened its doors.",
    "The commander ordered all units to suspend all military operations.",
    "In a war thousands are killed, and nobody asks why.",
    "The office monitors the violence across the country.",
    "* 2007 Orrel Airfield bombing * 2014 Orrel Airfield bombing",
    "Nurses treated the injured.",
    "He was charged with treason, conspiracy and murder.",
    "The mayor condemned violence.",
    "The rules forbid any attack on clinics.",
    "Sieges, arrests and torture are common in the country.",
    "Prosecutors dropped the murder charges.",
    "The army must not let the rebels kill us.",
    "The ruling destroyed confidence in the plan.",
    "The tariff hurt exporters.",
    "The senator attacked her rival over taxes.",
    "He attacked the judge in a series of tweets.",
    "Farmers killed 4,000 chickens.",
    "They killed two birds with one stone.",
    "The bank tried to defuse the monetary time bomb.",
    "The papers are at the disposal of the court.",
    "The population has exploded.",
    "The speech went off script.",
    "The party took control of the House.",
    "The carmaker closed its Moravian operations.",
    "The company will fire a tenth of its officers.",
    "Investors slashed the price.",
    "The law is meant to curb gun violence.",
    "The two firms struck a deal on fuel.",
    "Iraq secured a deal for a loan to buy tanks used in the fight against the group.",
    "The banner hangs in rags and its men are dead or scattered.",
    "They have a gift for living to fight another day.",
    "Air traffic over the city was busy.",
    "The striker fired his team into the lead.",
    "The film was shot in Norvik.",
    "The senator attacked the bill.",
    "The minister fired his secretary.",
    "The company launched a new phone.",
    "The song was a hit with students.",
    "The novel captured the mood of the city.",
    "Investors killed time in the lobby.",
    "Shares hit a record high on Monday.",
    "The assault rifle lay on the table.",
    "Fire officials inspected the hall.",
    "The team beat the champions.",
    "The army has learned to recapture towns.",
    "He took out a loan.",
    "The speech struck a chord with voters.",
    "The candidate took the stage.",
    "She raised her hand and shot a video.",
    "Critics targeted the plan.",
    "Rain fell on the village.",
    "The office has been closed since March.",
]

#: Sentence, trigger, polarity, modality, tense.
STATUS = [
    ("The rebels made previous attacks on Orrel.", "attacks", "positive", "habitual", "past"),
    ("The raids helped forces battling militants across the country.", "battling", "positive", "habitual", "past"),
    ("Norland has been conducting airstrikes in Orrel since May 2014.", "airstrikes", "positive", "habitual", "past"),
    ("The coalition is conducting airstrikes in Sudan.", "airstrikes", "positive", "habitual", "present"),
    ("Rebels have pounded Orrel with rockets since April.", "pounded", "positive", "habitual", "past"),
    ("The army said that rebels were reportedly preparing to attack Orrel.", "attack", "positive", "planned", "past"),
    ("Orrel has been hit by rebel rockets in the past.", "hit", "positive", "habitual", "past"),
    ("Rebels shelled the port of Orrel several times.", "shelled", "positive", "habitual", "past"),
    ("The army bombed Orrel in recent months.", "bombed", "positive", "habitual", "past"),
    ("Occasional bomb blasts have rocked the town of Orrel.", "bomb blasts", "positive", "habitual", "past"),
    (
        "A car bomb killed six in Orrel, the latest in a spate of blasts there.",
        "blasts",
        "positive",
        "habitual",
        "past",
    ),
    ("The market is regularly targeted by the jets.", "targeted", "positive", "habitual", "present"),
    ("The bridges were to be destroyed by rebels of the front.", "destroyed", "positive", "planned", "past"),
    ("The mayor said the bombing was blamed on rebels.", "bombing", "positive", "alleged", "past"),
    ("Rebels attacked the garrison.", "attacked", "positive", "asserted", "past"),
    ("Rebels attack the garrison every night.", "attack", "positive", "habitual", "present"),
    ("Rebels will attack the garrison.", "attack", "positive", "asserted", "future"),
    ("Rebels did not attack the garrison.", "attack", "negative", "asserted", "past"),
    ("Rebels never attacked the garrison.", "attacked", "negative", "asserted", "past"),
    ("No soldiers were killed.", "killed", "positive", "asserted", "past"),
    ("The rebels failed to capture the town.", "capture", "negative", "asserted", "past"),
    ("Police foiled an attack on the stadium.", "attack", "negative", "asserted", "past"),
    ("A failed attack on the base was reported.", "attack", "negative", "asserted", "past"),
    ("The rebels planned to attack the garrison.", "attack", "positive", "planned", "past"),
    ("The rebels tried to storm the barracks.", "storm", "positive", "planned", "past"),
    ("The group threatened to bomb the embassy.", "bomb", "positive", "threatened", "past"),
    ("The group vowed to attack the port.", "attack", "positive", "threatened", "past"),
    ("Moravia accused the army of bombing a market.", "bombing", "positive", "alleged", "past"),
    ("Rebels allegedly attacked the garrison.", "attacked", "positive", "alleged", "past"),
    ("Rebels reportedly attacked the garrison.", "attacked", "positive", "alleged", "past"),
    ("The alleged attack on the base is under review.", "attack", "positive", "alleged", "past"),
    ("The rebels may have attacked the convoy.", "attacked", "positive", "possible", "past"),
    ("The rebels could attack the convoy.", "attack", "positive", "possible", "past"),
    ("Rebels probably attacked the garrison.", "attacked", "positive", "possible", "past"),
    ("If the rebels attack the port, ships will leave.", "attack", "positive", "hypothetical", "present"),
    ("The ministry estimated that the strikes destroyed 40 trucks.", "destroyed", "positive", "estimated", "past"),
    ("The ministry said that rebels attacked the garrison.", "attacked", "positive", "asserted", "past"),
    ("The army denied bombing the market.", "bombing", "positive", "alleged", "past"),
    ("The group claimed responsibility for the attack.", "attack", "positive", "alleged", "past"),
    ("The group denied responsibility for the bombing.", "bombing", "positive", "alleged", "past"),
    ("The army prevented the rebels from attacking the town.", "attacking", "negative", "asserted", "past"),
    ("Army foils militant attack in Orrel", "attack", "negative", "asserted", "present"),
    ("Security services avert terror attack in Orrel", "attack", "negative", "asserted", "present"),
    (
        "The army sent two brigades to the north to gain control of Orrel.",
        "gain control of",
        "positive",
        "planned",
        "past",
    ),
    ("Rebels launched a drive to capture the town of Orrel.", "capture", "positive", "planned", "past"),
    ("It was the latest blast to hit the town.", "blast", "positive", "asserted", "past"),
    ("Rebels are battling the army in the north.", "battling", "positive", "habitual", "present"),
    ("The convoy left two villages which are besieged by rebels.", "besieged", "positive", "habitual", "present"),
    ("Rebels were battling the army in Orrel on Friday.", "battling", "positive", "asserted", "past"),
    ("The troops are hoping to encircle the city.", "encircle", "positive", "planned", "present"),
    ("The rebels are ready to attack the garrison.", "attack", "positive", "planned", "past"),
    ("The bombing claimed six lives in Orrel.", "bombing", "positive", "asserted", "past"),
]

#: Sentence, trigger, the words of its time.
TIMES = [
    ("A raid killed a guard and hurt two others in Orrel on Friday.", "killed", "Friday"),
    ("A raid killed a guard and hurt two others in Orrel on Friday.", "raid", "Friday"),
    ("A court jailed nine men over the 2016 bombing of the airport.", "bombing", "2016"),
    ("The ministry regretted an air raid on a wedding last month.", "air raid", "last month"),
    ("The convoy was attacked on Wednesday.", "attacked", "Wednesday"),
    ("On Wednesday, rebels attacked the convoy.", "attacked", "Wednesday"),
    ("The ministry said on Thursday that rebels attacked the convoy.", "attacked", None),
    ("The ministry said Thursday that jets conducted airstrikes on a depot.", "airstrikes", None),
    ("The ministry said on Friday that rebels attacked the convoy on Wednesday.", "attacked", "Wednesday"),
    ("Jets conducted airstrikes on a depot on Tuesday.", "airstrikes", "Tuesday"),
    ("Tuesday's attack killed six people.", "attack", "Tuesday"),
    ("The attack took place from Wednesday to Thursday.", "attack", "from Wednesday to Thursday"),
    ("Rebels attacked the convoy on Wednesday, killing six men.", "killing", "Wednesday"),
    (
        "In the summer of 2014, rebels blitzed across the north, capturing the city of Lesra.",
        "capturing",
        "the summer of 2014",
    ),
    ("Six men were killed in an attack on Monday.", "killed", "Monday"),
    ("7 July 2015 A bomber killed 25 soldiers in Orrel on Monday.", "killed", "Monday"),
    ("July 19 2014 Rebels killed 270 soldiers in Orrel.", "killed", None),
    ("Rebels killed 270 soldiers on July 19 2014.", "killed", "July 19 2014"),
    ("Since Thursday the bombardment of Orrel has killed 44 civilians.", "killed", None),
]

#: Sentence, trigger, trigger of the cause.
CAUSES = [
    ("Rebels attacked the base, killing two guards.", "killing", "attacked"),
    ("Twelve men were killed in an airstrike.", "killed", "airstrike"),
    ("The airstrikes destroyed 40 trucks.", "destroyed", "airstrikes"),
    ("The civilians displaced by the assault came back.", "displaced", "assault"),
    ("The army carried out airstrikes, killing nine men.", "killing", "airstrikes"),
    ("Six men were wounded during clashes.", "wounded", "clashes"),
    ("Two suicide bombers killed nine people.", "killed", "suicide bombers"),
    ("The rebels killed two guards.", "killed", None),
]

#: Sentence, trigger, the words of its figures.
FIGURES = [
    ("The raid killed 20 people, including 11 children.", "killed", ["20", "11"]),
    ("The death toll from a bomb attack on the bus has reached at least 41.", "death", ["at least 41"]),
    ("The strikes destroyed more than 40 trucks.", "destroyed", ["more than 40"]),
    ("The bomb killed nine people and wounded 30.", "wounded", ["30"]),
    ("A convoy of more than 700 trucks was attacked by rebels.", "attacked", []),
    ("The army launched 90 drones at the port.", "launched", ["90"]),
    ("The jets carried out 23 airstrikes.", "airstrikes", ["23"]),
    ("Monday 24 Oct 2016 Jets killed nine fighters in Orrel.", "killed", ["nine"]),
    ("Car bomb kills 12, wounds 30 in Orrel", "kills", ["12"]),
    ("Car bomb kills 12, wounds 30 in Orrel", "wounds", ["30"]),
]


@pytest.fixture(scope="module")
def events(schema, read):
    extract = make_events(schema)
    return lambda text: [finding.record for finding in extract(read(text))]


def words(text, span):
    return text[span.start : span.end] if span else None


def by_trigger(events, text, trigger):
    found = {words(text, each.trigger): each for each in events(text)}
    assert trigger in found, found.keys()
    return found[trigger]


def roles(text, event):
    table = {}
    for argument in event.arguments:
        table.setdefault(argument.role, []).append(words(text, argument.span))
    return "; ".join(f"{role}: {', '.join(fillers)}" for role, fillers in table.items())


@pytest.mark.parametrize(("text", "type_", "trigger", "fillers"), READINGS)
def test_who_does_what_to_whom(events, text, type_, trigger, fillers):
    event = by_trigger(events, text, trigger)
    assert event.type == type_
    assert roles(text, event) == fillers


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_event(events, text):
    assert [(each.type, words(text, each.trigger)) for each in events(text)] == []


@pytest.mark.parametrize(("text", "trigger", "polarity", "modality", "tense"), STATUS)
def test_whether_it_happened(events, text, trigger, polarity, modality, tense):
    event = by_trigger(events, text, trigger)
    assert (event.polarity, event.modality, event.tense) == (polarity, modality, tense)


@pytest.mark.parametrize(("text", "trigger", "time"), TIMES)
def test_when_it_happened_is_not_when_it_was_said(events, text, trigger, time):
    assert words(text, by_trigger(events, text, trigger).time) == time


@pytest.mark.parametrize(("text", "trigger", "cause"), CAUSES)
def test_what_brought_a_harm_about(events, text, trigger, cause):
    assert words(text, by_trigger(events, text, trigger).caused_by) == cause


@pytest.mark.parametrize(("text", "trigger", "figures"), FIGURES)
def test_an_event_has_the_figures_of_its_measure(events, text, trigger, figures):
    assert [words(text, each.span) for each in by_trigger(events, text, trigger).figures] == figures


def test_a_saying_is_told_from_an_earlier_attack(events):
    text = "Jets conducted airstrikes on a depot. The strikes took place from Wednesday to Thursday."
    last = events(text)[-1]
    assert (last.type, words(text, last.time)) == ("AirStrike", "from Wednesday to Thursday")


def test_every_type_has_an_example_that_gives_it(schema, events):
    wrong = []
    for concept in schema.events.concepts:
        for example in concept.examples:
            found = [each.type for each in events(example)]
            good = found == [] if concept.name == "NoEvent" else concept.name in found
            wrong += [] if good else [(concept.name, example, found)]
    assert wrong == []


def test_every_type_with_words_has_an_example(schema):
    with_words = {entry.concept for entry in schema.events.entries}
    assert [each.name for each in schema.events.concepts if each.name in with_words and not each.examples] == []


def test_every_modality_has_an_example_that_gives_it(schema, events):
    wrong = []
    for concept in schema.modalities.concepts:
        for example in concept.examples:
            found = {each.modality for each in events(example)} | {each.polarity for each in events(example)}
            good = found == set() if concept.name == "ability" else concept.name in found
            wrong += [] if good else [(concept.name, example, found)]
    assert wrong == []


def test_every_role_that_verbs_lend_has_an_example(schema, events):
    for concept in schema.roles.concepts:
        for example in concept.examples:
            assert concept.name in {argument.role for each in events(example) for argument in each.arguments}


def test_the_same_text_gives_the_same_events(events):
    text = "Rebels attacked the base at Norvik on Monday, killing two guards and wounding nine."
    assert events(text) == events(text)


#: Sentence, the words of a trigger that gives nothing, the rule that says why.
REJECTIONS = [
    ("The mayor condemned bombings.", "bombings", "events.general"),
    ("Prosecutors dropped the murder charges.", "murder", "events.general"),
    ("The two firms struck a deal on fuel.", "struck a deal", "events.phrase"),
    ("Critics targeted the plan.", "targeted", "events.demands"),
    ("The company launched a new phone.", "launched", "events.demands"),
    ("The convoy was hit by airstrikes.", "hit", "events.carrier"),
    ("The army has learned to recapture towns.", "recapture", "events.status"),
    ("Rain fell on the village.", "Rain", "events.cause"),
]


@pytest.mark.parametrize(("text", "trigger", "rule"), REJECTIONS)
def test_a_trigger_that_gives_nothing_is_explained(schema, read, text, trigger, rule):
    found = {words(text, each.span): each for each in make_rejections(schema)(read(text))}
    assert found[trigger].rule == rule
    assert found[trigger].reason


def test_every_class_of_words_has_an_example_with_one_of_its_words(schema, read):
    wrong = []
    for concept in schema.words.concepts:
        forms = {entry.form for entry in schema.words.entries if entry.concept == concept.name}
        lemmas = {
            form
            for example in concept.examples
            for token in read(example)
            for form in (token.lemma_, token.lower_, token.text)
        }
        wrong += [] if forms & lemmas else [concept.name]
    assert wrong == []


def test_the_main_event_inherits_the_place_of_the_lead(events):
    text = "Two bombs killed nine people on Monday. Shops stayed closed in the town of Farrat, the mayor said."
    first, *rest = events(text)
    inherited = [(words(text, each.span), each.inherited) for each in first.arguments if each.role == "place"]
    assert inherited == [("the town of Farrat", True)]
    assert not [each for event in rest for each in event.arguments if each.role == "place"]


def test_a_second_name_tells_nothing_new(events):
    assert [each.type for each in events('The mayor called the explosion in Orrel an "attack".')] == ["Bombing"]


def test_one_use_of_a_weapon_is_one_attack(events):
    text = "Dravian aircraft carried out three strikes on rebel positions... killing nine and wounding 12."
    kinds = [each.type for each in events(text)]
    assert kinds.count("AirStrike") == 1


def test_a_noun_that_points_back_needs_something_told(events):
    assert events("Those killings were useless, he said.") == []
    assert [each.type for each in events("Rebels killed two nurses. Those killings were useless, he said.")] == [
        "Killing"
    ] * 2
