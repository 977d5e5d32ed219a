import { useTranslation } from 'react-i18next';
import { Explore } from '../kit/explore';
import { useMe } from './me';

const OWN = `query ($number: String!) {
  person(citizenNumber: $number) {
    name
    birthDate
    facts { field value register record }
  }
}
`;
const FAMILY = `query ($number: String!) {
  person(citizenNumber: $number) {
    children(first: 20) {
      edges { kind register record node { name } }
    }
  }
}
`;
const LOOKED = `{
  whoLooked(first: 10) {
    notices { at consumer { en zh } shown { label { en zh } } }
  }
}
`;

export function ExploreOwn() {
  const { t } = useTranslation('citizen');
  const number = useMe();
  return (
    <Explore
      title={t('explore')}
      about={t('exploreAbout')}
      examples={[
        { title: t('example.own'), query: OWN, variables: { number } },
        { title: t('example.family'), query: FAMILY, variables: { number } },
        { title: t('example.looked'), query: LOOKED },
        {
          title: t('example.schema'),
          query: '{\n  myPermissions { type field mode condition }\n}\n',
        },
      ]}
    />
  );
}
