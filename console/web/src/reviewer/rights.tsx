import { RightsPage } from '../kit/rights';
import { MyRights } from './generated';
import labels from './labels.json';

export function Rights() {
  return <RightsPage operation={MyRights} labels={labels} />;
}
