namespace NodeData.Cli.Scan.Ignoring;

/// <summary>One ignore: of a secret that is known by its hash alone.</summary>
/// <param name="Hash">64 hexadecimal digits: the salted hash of the rule and the secret.</param>
/// <param name="Rule">The rule's id.</param>
/// <param name="Reason">Why it is ignored; may be empty.</param>
internal sealed record IgnoreEntry(string Hash, string Rule, string Reason);
