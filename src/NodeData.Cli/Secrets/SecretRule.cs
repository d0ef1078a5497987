namespace NodeData.Cli.Secrets;

/// <summary>A kind of secret that a scan detects.</summary>
/// <param name="Id">Its ID in reports and in the ignore file. It never changes.</param>
/// <param name="Title">The description, for display.</param>
/// <param name="Remedy">The remedy for a secret that is real.</param>
internal sealed record SecretRule(string Id, string Title, string Remedy)
{
    private const string KeyRemedy =
        "Rotate the key: node-data keys rotate ID --compromised (node-data scan --verify shows the ID). A committed secret stays in git's history.";

    public static SecretRule LiveKey { get; } = new("live-key", "Live-mode API key", KeyRemedy);

    public static SecretRule TestKey { get; } = new("test-key", "Test-mode API key", KeyRemedy);

    public static SecretRule WebhookSecret { get; } =
        new(
            "webhook-secret",
            "Webhook signing secret",
            "Create a new endpoint, which has a new secret, and delete the endpoint of this secret. A committed secret stays in git's history."
        );

    /// <summary>All rules, in report order.</summary>
    public static IReadOnlyList<SecretRule> All { get; } = [LiveKey, TestKey, WebhookSecret];

    public static SecretRule? FindById(string id) => All.FirstOrDefault(rule => rule.Id == id);
}
