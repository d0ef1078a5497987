namespace NodeData.Sdk.Tests.Doubles;

/// <summary>Creates clients for tests.</summary>
internal static class TestClients
{
    public const string TestKey = "nd_test_abcdefghijklmnopqrst1234";
    public const string LiveKey = "nd_live_abcdefghijklmnopqrst1234";

    public const string AccountJson =
        """{"id":"usr_1","slug":"ada","name":"Ada","email":"ada@example.com","created_at":"2026-01-02T03:04:05Z","key":{"id":"key_1","mode":"test","scopes":[]}}""";

    public static NodeClient Create(
        Uri address,
        TimeProvider? time = null,
        string key = TestKey,
        Action<NodeClientOptions>? configure = null
    )
    {
        var options = new NodeClientOptions
        {
            ApiKey = key,
            BaseAddress = address,
            TimeProvider = time ?? new AutoAdvanceClock(),
            Jitter = () => 1,
        };
        configure?.Invoke(options);
        return new NodeClient(options);
    }
}
