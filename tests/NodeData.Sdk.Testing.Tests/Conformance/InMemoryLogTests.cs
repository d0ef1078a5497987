using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Tests.Conformance;

public sealed class InMemoryLogTests
{
    public static TheoryData<string> Checks => [.. WebhookClaimStoreConformance.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public Task The_log_in_memory_keeps_its_promises(string check) =>
        WebhookClaimStoreConformance.Find(check).RunAsync(Subject(), TestContext.Current.CancellationToken);

    private static InMemorySubject Subject() =>
        new(clock => new InMemoryWebhookClaimStore(new InMemoryWebhookClaimStoreOptions { TimeProvider = clock }));
}
