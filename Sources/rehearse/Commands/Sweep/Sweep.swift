import ArgumentParser

/// `rehearse sweep`.
struct SweepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Change parameters: what matters, where verdicts tip, how little is enough.",
    discussion: """
      Without a subcommand, all combinations of the two axes in the section 'sweep' of the scenario are \
      tried. The others vary what stands in its section 'uncertain', or what --range names.

      EXAMPLES
        rehearse sweep scenarios/loan-approval.yaml --replications 30
        rehearse sweep screen scenarios/loan-approval.yaml --range 'teams.aml.people=6..9'
        rehearse sweep sample scenarios/loan-approval.yaml --points 7 \\
          --range 'guardrails.creditworthiness.fires=20 %..80 %'
        rehearse sweep tipping scenarios/loan-approval.yaml --variant agents \\
          --range 'guardrails.creditworthiness.fires=20 %..80 %'
        rehearse sweep smallest scenarios/loan-approval.yaml --variant agents \\
          --range 'teams.underwriting.people=2..6'
        rehearse sweep why scenarios/loan-approval.yaml --variant agents
      """,
    subcommands: [
      SweepGridCommand.self, SampleCommand.self, ScreenCommand.self, SobolCommand.self,
      UncertaintyCommand.self,
      TippingCommand.self, SmallestCommand.self, BestCommand.self, WhyCommand.self,
    ], defaultSubcommand: SweepGridCommand.self)
}
