/** "Prøv din telefon": each question, each thing that can be wrong, and how it is mended in each browser. */
export const texts = {
  'check.about': 'Vi prøver én ting ad gangen. Det tager et par minutter.',
  'check.private': 'Ingen kan se eller høre dig imens.',
  'check.told': 'Din bostøtte kan se, om det virker.',
  'check.begin': 'Begynd',
  'check.where': 'Trin {n} af {all}',
  'check.yes': 'Ja',
  'check.no': 'Nej',
  'check.again': 'Prøv igen',
  'check.goOn': 'Gå videre',
  'check.asking': 'Må appen det? Tryk på »Tillad«, hvis du bliver spurgt.',

  'check.camera': 'Kamera',
  'check.own': 'Dit eget billede',
  'check.microphone': 'Mikrofon',
  'check.level': 'Så højt kan vi høre dig',
  'check.heard': 'Vi kan høre dig.',
  'check.sound': 'Lyd',
  'check.soundAbout': 'Nu kommer der to toner. Tryk, når du er klar.',
  'check.play': 'Spil lyden',
  'check.playAgain': 'Spil lyden igen',
  'check.line': 'Forbindelse',
  'check.lineWait': 'Vi prøver din forbindelse. Vent lidt. Du skal ikke gøre noget.',
  'check.notification': 'Beskeder',
  'check.noticeWait': 'Vi sender dig en prøve. Vent lidt. Du skal ikke gøre noget.',
  'check.noticeOff': 'slået fra',
  'check.noticeOn': 'Slå beskeder til',

  'test.cam': 'Kan du se dig selv?',
  'test.mic': 'Sig noget. Bevæger den grønne streg sig?',
  'test.sound': 'Kan du høre lyden?',
  'test.ok': 'Alt virker. Du er klar.',
  'check.allWell': 'Du skal ikke gøre mere nu.',
  'check.notAll': 'Noget virker ikke endnu',
  'check.notAllBody': 'Det er ikke din skyld. Du kan prøve igen, eller du kan få hjælp.',
  'check.found': 'Det har vi prøvet',
  'check.works': 'virker',
  'check.not': 'ikke prøvet',
  'check.try': 'Prøv',
  'check.part': 'Det, vi har prøvet, virker',
  'check.worksNot': 'virker ikke endnu',
  'check.code': 'Fejlkode {code}',

  'check.actor.citizen': 'Det kan du selv ordne.',
  'check.actor.worker': 'Din bostøtte kan hjælpe dig.',
  'check.actor.it': 'Det er IT, der skal ordne det.',
  'check.what.camera': 'kameraet',
  'check.what.microphone': 'mikrofonen',
  'check.what.notifications': 'notifikationer',

  'check.said.K1': 'Appen har ikke lov til at bruge dit kamera.',
  'check.said.K2': 'En anden app bruger kameraet.',
  'check.said.K3': 'Vi kan ikke finde et kamera.',
  'check.said.dark': 'Du kan ikke se dig selv.',
  'check.said.M1': 'Appen har ikke lov til at bruge din mikrofon.',
  'check.said.M2': 'En anden app bruger mikrofonen.',
  'check.said.M2silent': 'Der kommer ingen lyd fra mikrofonen.',
  'check.said.M3': 'Vi kan ikke finde en mikrofon.',
  'check.said.noSound': 'Du kan ikke høre lyden.',
  'check.said.N1': 'Du er ikke på nettet.',
  'check.said.N1captive': 'Dit wi-fi vil have, at du logger på først.',
  'check.said.N2': 'Dit net lukker kun opkald halvt igennem.',
  'check.said.N3': 'Dit net lukker ikke opkald igennem.',
  'check.said.N3server': 'Der er en fejl hos os. Opkald kan ikke komme igennem.',
  'check.said.N4': 'Dit net lukker ikke appen igennem.',
  'check.said.B1': 'Appen har ikke lov til at give dig besked.',
  'check.said.B2': 'Vores besked nåede ikke frem til dig.',
  'check.said.B2refused': 'Vi kunne ikke sende dig en besked.',
  'check.said.V1': 'Appen virker ikke i din browser endnu.',
  'check.said.S1': 'Der er en fejl hos os.',
  'check.said.S2': 'Vores bevis for sikkerhed løber snart ud.',
  'check.said.U1': 'Uret i din telefon går forkert.',

  'check.how.K2': 'Luk den anden app. Prøv så igen.',
  'check.how.K3': 'I kan godt tale sammen uden billede.',
  'check.how.dark': 'Se, om noget dækker kameraet. Er der mørkt? Tænd lyset.',
  'check.how.M2': 'Luk den anden app. Prøv så igen.',
  'check.how.M2silent':
    'Se, om mikrofonen er slået fra. Der kan være en knap på siden eller på dit headset.',
  'check.how.M3': 'I kan skrive til hinanden.',
  'check.how.noSound': 'Skru op på siden af telefonen. Se, om lyden går til et headset.',
  'check.how.N1': 'Se, om wi-fi eller mobildata er slået til. Prøv så igen.',
  'check.how.N1captive': 'Åbn en anden side i din browser. Følg det, der står. Prøv så igen.',
  'check.how.N2':
    'I kan godt tale sammen. Går billedet i stå? Prøv et andet wi-fi eller mobildata.',
  'check.how.N3': 'Prøv et andet wi-fi eller mobildata.',
  'check.how.N3server': 'Du skal ikke gøre noget. Læs koden op for den, der hjælper dig.',
  'check.how.N4': 'Du kan ikke blive ringet op her. Prøv et andet wi-fi eller mobildata.',
  'check.how.B2': 'Måske sparer enheden på strømmen. Slå det fra for appen. Prøv så igen.',
  'check.how.B2android':
    'Åbn Indstillinger. Tryk på »Apps«. Find din browser. Tryk på »Batteri«. Vælg »Ubegrænset«. Prøv så igen.',
  'check.how.B2ios': 'Åbn Indstillinger. Tryk på »Batteri«. Slå strømbesparelse fra. Prøv så igen.',
  'check.how.B2desk': 'Lad browseren være åben. Prøv igen, gerne på et andet net.',
  'check.how.B2refused': 'Du skal ikke gøre noget. Appen ringer stadig, når den er åben.',
  'check.how.V1': 'Brug den nyeste Chrome, Edge, Firefox eller Safari.',
  'check.how.S1': 'Du skal ikke gøre noget. Prøv igen om lidt.',
  'check.how.S2': 'Du skal ikke gøre noget. Du kan bruge appen i dag.',
  'check.how.U1':
    'Åbn indstillinger på telefonen. Find dato og tid. Slå til, at uret stiller sig selv.',

  'check.mend.iosApp':
    'Luk appen helt, og åbn den igen. Tryk på »Tillad«, når telefonen spørger om {what}.',
  'check.mend.iosSafari':
    'Åbn Indstillinger på telefonen. Tryk på »Apps«. Tryk på »Safari«. Slå {what} til.',
  'check.mend.iosOther':
    'Åbn Indstillinger på telefonen. Tryk på »Apps«. Find din browser. Slå {what} til.',
  'check.mend.androidApp':
    'Hold fingeren på appens ikon. Tryk på »Appinfo«. Tryk på »Tilladelser«. Slå {what} til.',
  'check.mend.androidChrome':
    'Tryk på ikonet til venstre for adressen øverst. Tryk på »Tilladelser«. Slå {what} til.',
  'check.mend.androidSamsung': 'Tryk på låsen ved adressen. Tryk på »Tilladelser«. Slå {what} til.',
  'check.mend.androidFirefox':
    'Tryk på låsen ved adressen. Tryk på det, der er spærret. Slå {what} til.',
  'check.mend.deskChrome':
    'Klik på ikonet til venstre for adressen øverst. Slå {what} til. Prøv så igen.',
  'check.mend.deskEdge':
    'Klik på låsen til venstre for adressen øverst. Vælg »Tilladelser«. Slå {what} til.',
  'check.mend.deskFirefox':
    'Klik på låsen til venstre for adressen øverst. Fjern krydset ved det, der er spærret. Prøv så igen, og giv lov til {what}.',
  'check.mend.deskSafari':
    'Åbn menuen »Safari« øverst. Vælg »Indstillinger for websted«. Slå {what} til.',
  'check.mend.other': 'Åbn indstillinger for siden i din browser. Slå {what} til.',

  'check.notices.ios': 'Læg appen på din hjemmeskærm. Åbn den derfra. Prøv så igen.',
  'check.notices.iosApp':
    'Åbn Indstillinger. Tryk på »Notifikationer«. Find appens navn. Slå »Tillad notifikationer« til.',
  'check.notices.androidApp':
    'Hold fingeren på appens ikon. Tryk på »Appinfo«. Tryk på »Notifikationer«. Slå dem til.',
  'check.notices.deskSafari':
    'Åbn menuen »Safari« øverst. Vælg »Indstillinger«. Klik på »Websteder« og på »Notifikationer«. Vælg »Tillad« ved appen.',

  'help.about': 'En supportkode viser den, der hjælper dig, hvad vi har fundet.',
  'help.inside': 'Der står ikke, hvem du er.',
  'help.make': 'Få en supportkode',
  'help.making': 'Koden er på vej …',
  'help.codeTitle': 'Din supportkode',
  'help.readAloud': 'Læs den op, når du ringer efter hjælp.',
  'help.pseudonym': 'Bliver du spurgt, hvem du er hos IT, så sig:',
  'help.codeLife': 'Koden virker i 24 timer.',
  'help.spelled': 'som {word}',
} as const
