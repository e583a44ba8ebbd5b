/** The notice in French. Signs of two parts stand after a space that does not break, as French wants it. */
import type { NoticeWords } from "./words.ts";

export const french: NoticeWords = {
  language: "fr",
  name: "Français",
  title: "Sonnette vidéo",
  lead: "Au-delà de sa ligne, cette caméra ne voit rien.",
  simulated: "Cette sonnette est une simulation, pour essayer. Il n’y a pas de caméra.",
  controller: "Responsable",
  contact: "Contact",
  purpose: "Finalité",
  retention: "Conservation",
  atMost: (hours) => `au plus ${hours % 24 === 0 ? count(hours / 24, "jour") : count(hours, "heure")}`,
  notSaid: "non précisé ici\u202f; veuillez demander à la porte",
  view: {
    title: "Ce que voit la caméra",
    seen: "vu",
    hidden: "détruit, jamais enregistré",
    nothing: "Aucune ligne n’est tracée en ce moment\u202f: rien du tout n’est vu.",
    spoken:
      "Dessin de l’image de la caméra\u202f: la partie à l’intérieur de la ligne est claire, tout ce qui est détruit est sombre.",
  },
  promises: {
    title: "Ce qu’elle fait et ne fait pas",
    line: "Seul ce qui se trouve à l’intérieur de la ligne est filmé. Tout ce qui est au-delà est détruit dans la caméra avant d’être montré, enregistré ou analysé.",
    when: "Elle enregistre quand quelqu’un sonne ou bouge à l’intérieur de la ligne. Les personnes de la maison peuvent aussi regarder en direct.",
    sound: "Aucun son n’est enregistré.",
    soundHeard: "Aucun son n’est enregistré. Qui répond l’entend.",
    faces: "Pas de reconnaissance faciale.",
    sealed:
      "Les enregistrements sont chiffrés dès leur création. Seules des personnes choisies par le propriétaire en ont une clé\u202f; la sonnette elle-même n’en a pas.",
    place: "Les enregistrements sont conservés sur la sonnette même, pas dans le nuage.",
    placeGiven: "Les enregistrements restent sur la sonnette. Un autre système reçoit des images.",
  },
  rights: {
    title: "Vos droits",
    short:
      "Vous pouvez demander à voir les enregistrements où vous apparaissez (accès), à les faire supprimer (effacement) ou à ne pas être filmé (opposition). Dites quand vous étiez là\u202f: personne n’est identifié automatiquement.",
    access: "Accès\u202f: demander à voir les enregistrements où vous apparaissez.",
    erasure: "Effacement\u202f: demander qu’ils soient supprimés.",
    objection: "Opposition\u202f: refuser d’être filmé, pour des raisons tenant à votre situation.",
    how: "Adressez-vous au responsable et dites quand vous étiez là\u202f: personne n’est identifié automatiquement. Vos droits dépendent de la loi de ce lieu.",
    authority:
      "Si la réponse ne vous convient pas, vous pouvez vous adresser à l’autorité de protection des données.",
  },
  scan: "Plus\u202f: scannez ceci",
  toSign: "La même chose en affiche à imprimer",
  owner: {
    title: "Affiche pour les passants",
    print:
      "Imprimez cette page, ou enregistrez-la en PDF, avec la commande d’impression du navigateur. Seule la feuille est imprimée.",
    paper: "Papier",
    inLanguage: "Langue",
    both: "Les deux",
    toPage: "La page qu’ouvre le code",
    missing: "Il manque encore sur cette affiche",
    gaps: {
      controller:
        "Qui est responsable\u202f: le réglage notice.controller. La feuille a une ligne pour l’écrire.",
      contact: "Comment le joindre\u202f: le réglage notice.contact. La feuille a une ligne pour l’écrire.",
      purpose:
        "À quoi sert la caméra\u202f: le réglage notice.purpose. La feuille a une ligne pour l’écrire.",
      line: "La ligne de propriété\u202f: tracez-la sur la page de la sonnette. D’ici là, rien n’est vu et le dessin le dit.",
      address:
        "Une adresse pour le code\u202f: réglez notice.url sur une adresse https://, ou ouvrez cette page à l’adresse de la sonnette sur votre réseau.",
    },
    complete: "Il ne manque rien sur cette affiche.",
    law: "Une aide, pas un conseil juridique\u202f: les mots qu’une affiche doit porter dépendent de la loi de votre lieu.",
  },
};

/** Zero and one are singular. */
function count(amount: number, unit: string): string {
  return `${amount}\u00a0${unit}${amount < 2 ? "" : "s"}`;
}
