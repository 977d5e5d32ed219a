import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabels } from '../kit/labels';
import type { Dot, Line } from './graph-data';
import labels from './labels.json';
import { useRelationToHead } from './person-parts';

const TYPES: Record<Line['type'], string> = {
  Parenthood: 'ParenthoodConnection',
  Marriage: 'MarriageConnection',
  Couple: 'CoupleConnection',
  Guardianship: 'GuardianshipConnection',
  Membership: 'MembershipPersonConnection',
  LicenceHolding: 'LicenceHoldingLicenceConnection',
  LicenceIssuance: 'LicenceIssuanceLicenceConnection',
  Representation: 'RepresentationPersonConnection',
  Shareholding: 'ShareholdingLegalEntityConnection',
};
const KINDS = {
  person: 'Person',
  household: 'Household',
  entity: 'LegalEntity',
  licence: 'Licence',
} as const;

/** How dots and lines are called in the language of the page. */
export function useGraphWords() {
  const { t } = useTranslation('caseworker');
  const label = useLabels(labels);
  const relationToHead = useRelationToHead();
  const kindOf = useCallback((dot: Dot) => label(KINDS[dot.kind]), [label]);
  const nameOf = useCallback(
    (dot: Dot) => {
      const name = dot.name ?? t('nameNotShown');
      if (dot.kind === 'licence')
        return dot.code ? `${label('LicenceKind', dot.code)} ${name}` : name;
      if (dot.kind === 'household') return `${label('Household')} ${name}`;
      const born = dot.born ? ` ${dot.born.slice(0, 4)}` : '';
      return `${name}${dot.kind === 'person' ? born : ''}${dot.dead ? ' †' : ''}`;
    },
    [t, label],
  );
  const typeOf = useCallback((line: Line) => label(TYPES[line.type]), [label]);
  /** What stands at a line: nothing where the shapes at its ends say it already. */
  const lineOf = useCallback(
    (line: Line) => (line.type === 'LicenceHolding' || line.type === 'LicenceIssuance' ? '' : null),
    [],
  );
  const saysOf = useCallback(
    (line: Line) => {
      const { type, detail } = line;
      if (type === 'Parenthood' && detail) return label('ParenthoodKind', detail);
      if (type === 'Marriage' && detail) return label('MarriageForm', detail);
      if (type === 'Membership' && detail) return relationToHead(detail);
      if (type === 'Shareholding' && detail) return `${typeOf(line)} ${detail} %`;
      return typeOf(line);
    },
    [label, relationToHead, typeOf],
  );
  return { kindOf, nameOf, typeOf, saysOf, lineOf };
}
