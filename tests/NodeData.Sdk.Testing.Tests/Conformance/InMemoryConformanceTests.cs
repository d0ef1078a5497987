using NodeData.Sdk.Webhooks;

namespace NodeData.Sdk.Testing.Tests.Conformance;

public sealed class InMemoryConformanceTests
{
    public static TheoryData<string> Checks => [.. WebhookClaimStoreConformance.Checks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public Task The_in_memory_store_passes_the_check(string check) =>
        WebhookClaimStoreConformance.GetCheck(check).RunAsync(CreateFixture(), TestContext.Current.CancellationToken);

    private static InMemoryFixture CreateFixture() =>
        new(clock => new InMemoryWebhookClaimStore(new InMemoryWebhookClaimStoreOptions { TimeProvider = clock }));
}
