import { useTranslation } from 'react-i18next';
import { Explore } from '../kit/explore';

const PARENT = `query ($adult: PersonRef!, $child: PersonRef!) {
  isParentOf(person: $adult, of: $child) { answer }
}
`;
const CHILD = `query ($number: String!) {
  person(citizenNumber: $number) { name ageBand livesInCallersDistrict }
}
`;

export function ExplorePartner() {
  const { t } = useTranslation('partner');
  return (
    <Explore
      title={t('explore')}
      about={t('exploreAbout')}
      examples={[
        {
          title: t('example.parent'),
          query: PARENT,
          variables: { adult: { citizenNumber: '' }, child: { citizenNumber: '' } },
        },
        { title: t('example.child'), query: CHILD, variables: { number: '' } },
      ]}
    />
  );
}
