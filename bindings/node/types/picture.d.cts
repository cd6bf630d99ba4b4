/** What a blueprint looks like. */

/** A blueprint to be drawn: immutable. */
export class Picture {
  private constructor()
  /** The blueprint's name. */
  readonly name: string
  /** As SVG that needs nothing from elsewhere, for light and dark pages; in the program's language by default. */
  svg(options?: { lang?: 'fr' | 'en' }): string
  /** As a Mermaid state diagram. */
  mermaid(options?: { lang?: 'fr' | 'en' }): string
  /** As DOT, the language of Graphviz. */
  dot(options?: { lang?: 'fr' | 'en' }): string
  /** The same with figures written on it; what the blueprint does not have is not drawn. */
  with(figures: Figures): Picture
}

/** Figures of a blueprint, by the names of its states and transitions. */
export interface Figures {
  readonly states?: { readonly [name: string]: StateFigures }
  readonly transitions?: { readonly [name: string]: TransitionFigures }
}

export interface StateFigures {
  /** How many times it was entered. */
  readonly count?: number
  /** How long half of them stayed at most, in whole seconds. */
  readonly medianSeconds?: number
}

export interface TransitionFigures {
  /** How many times it was made. */
  readonly count?: number
  /** How many times it was refused. */
  readonly refused?: number
  /** How long half of them took at most since their state was entered, in whole seconds. */
  readonly medianSeconds?: number
  /** How many times it was made from each state: lines are drawn as wide as that. */
  readonly from?: { readonly [state: string]: number }
}
