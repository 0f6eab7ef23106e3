/** What narrows the rows; what is undefined does not. */
export interface Filter {
  deviceCompliancePolicyId?: string | undefined;
  status?: string | undefined;
}
