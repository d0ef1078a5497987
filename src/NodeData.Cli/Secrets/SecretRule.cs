namespace NodeData.Cli.Secrets;

/// <summary>A kind of secret that a scan finds.</summary>
/// <param name="Id">Its name in reports and in the file of ignores; never changed.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Remedy">What to do about one that is real.</param>
internal sealed record SecretRule(string Id, string Title, string Remedy)
{
    private const string KeyRemedy =
        "Rotate the key: node-data keys rotate ID --compromised (node-data scan --verify tells the id). What git holds stays in its history.";

    public static SecretRule LiveKey { get; } = new("live-key", "An API key of live mode", KeyRemedy);

    public static SecretRule TestKey { get; } = new("test-key", "An API key of test mode", KeyRemedy);

    public static SecretRule WebhookSecret { get; } =
        new(
            "webhook-secret",
            "A webhook signing secret",
            "Make a new endpoint with a secret of its own, and delete the one this secret belongs to. What git holds stays in its history."
        );

    /// <summary>Every rule, in the order of reports.</summary>
    public static IReadOnlyList<SecretRule> All { get; } = [LiveKey, TestKey, WebhookSecret];

    public static SecretRule? FindById(string id) => All.FirstOrDefault(rule => rule.Id == id);
}
