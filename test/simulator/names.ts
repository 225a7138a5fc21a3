/** Queue names as tenants write them; the odd white space is in contract 2.6.11. */
export const queueNames = [
  'Billing',
  'Technical Support',
  'New queue',
  'AU Dyn   Gen ai+ deter',
  'Kündigungen & Rückgewinnung',
  'Retención España',
  'サポート窓口',
  'VIP / Platinum ',
  'claims_tier2',
  'Sales – Outbound',
  'हिंदी सहायता',
  'Collections',
] as const;

/** Sixty agents. Two pairs share a name and differ by id (contract 2.6.6). */
export const agentNames = [
  'John Doe', 'John Doe', 'A. Rao', 'A. Rao', 'Lily Agent', 'John SVC', 'Zoë Müller', 'Renée Dubois', 'Łukasz Wójcik', 'Søren Kjær',
  'José Ángel Núñez', 'María-José Ortiz', 'Anaïs Le Goff', 'Đặng Thị Hồng', 'Nguyễn Văn An', '山田 太郎', '佐藤 花子', '김민준', '李伟', '王芳',
  'प्रिया शर्मा', 'राहुल वर्मा', 'فاطمة الزهراء', 'יוסי כהן', 'Иван Петров', 'Ольга Смирнова', 'Νίκος Παπαδόπουλος', 'Ayşe Yılmaz', 'İsmail Çelik', 'Oluwaseun Adébáyò',
  "Siobhán O'Brien", 'Sean  O’Connor', 'J. Ito', 'Mary Ann Smith-Jones', 'Kevin Tran', 'Priya N', 'Rahul K', 'Emily Clark', 'Michael Brown', 'Sarah Wilson',
  'David Garcia', 'Laura Rossi', 'Marco Bianchi', 'Hanna Virtanen', 'Mikko Nieminen', 'Jan de Vries', 'Sanne Bakker', 'Pieter-Jan Claes', 'Ana Souza', 'João Silva',
  'Carlos Mendes', 'Beatriz Lima', 'Tomáš Novák', 'Eva Horáková', 'Gábor Nagy', 'Ioana Popescu', 'agent.temp+07', 'Trainee 12 ', 'Zhang San 😀', 'Dwayne "DJ" Johnson',
] as const; // biome-ignore format: sixty lines would say no more

/** Other names under which the product shows the same agent id (contract 2.6.7). */
export const aliasNames = ['John SVC', 'Lily Agent', 'Agent (deactivated)', 'Transfer Desk'] as const;

/** Metric names, tenants' typos and white space included. The last is the manual one. */
export const metricNames = [
  'Greeting', 'Proper Greetting', 'Identity Verfication', 'Empathy', 'Active  Listening', 'Hold Etiquette', 'Transfer Etiquette', 'Dead Air', 'Cross Talk',
  'Speaking Rate', 'Agent Rude', 'Issue Resolution', 'Product Knowlege', 'Compliance Disclosure', 'Recording Disclaimer', 'PCI - Card Data Not Repeated',
  'Upsell Attempt', 'Closing Statement', 'Anything else I can help with?', 'Customer Name Used', 'Escalation Handled', 'Did the agent apologise ?',
  'Payment Promise', 'Callback Offered', 'Survey Offered', 'Follow playbook: Refund', 'Correct Dispositon', 'No Interuptions', 'Personalisation ', 'Data Privacy (GDPR)',
  'Ton & Höflichkeit', 'Saludo inicial', '挨拶', 'Objection Handling', 'Next Steps Confirmed', 'Tone - Manual Evaluation Metric',
] as const; // biome-ignore format: thirty-six lines would say no more

/** Names of languages as the wire gives them: in English, not as tags. */
export const languages = ['English', 'Dutch', 'Spanish', 'German', 'Japanese', 'Hindi', 'French'] as const;

/** People who audit. */
export const auditorNames = ['Quinn Auditor', 'Nora Lindqvist', 'Sanjay Menon', 'Inés Calderón', 'QA Bot 2'] as const;
