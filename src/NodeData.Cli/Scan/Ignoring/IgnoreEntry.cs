namespace NodeData.Cli.Scan.Ignoring;

/// <summary>An ignored secret, identified by its hash.</summary>
/// <param name="Hash">64 hexadecimal digits: the salted hash of the rule and the secret.</param>
/// <param name="Rule">The rule's ID.</param>
/// <param name="Reason">Why it is ignored; may be empty.</param>
internal sealed record IgnoreEntry(string Hash, string Rule, string Reason);
