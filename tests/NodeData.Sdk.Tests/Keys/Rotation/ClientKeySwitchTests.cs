using NodeData.Emulator;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>The key of a client, replaced while the client runs, for each kind of key provider.</summary>
public sealed class ClientKeySwitchTests
{
    private static readonly ApiKey A = ApiKey.Parse("nd_test_a");
    private static readonly ApiKey B = ApiKey.Parse("nd_test_b");
    private static readonly ApiKey C = ApiKey.Parse("nd_test_c");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replaced_key_resolves_to_its_successor_until_the_provider_returns_another()
    {
        var provider = new StubProvider { Key = A };
        var keys = new ReplaceableKeyProvider(provider);
        keys.Replace(A, B);
        keys.Replace(B, C);

        Assert.Equal(C, keys.GetKey(Token));
        Assert.Equal(C, await keys.GetKeyAsync(Token));
        provider.Key = ApiKey.Parse("nd_test_d");
        Assert.Equal(provider.Key, keys.GetKey(Token));
        Assert.Equal(provider.Key, await keys.GetKeyAsync(Token));
    }

    [Fact]
    public void A_restored_key_resolves_to_itself()
    {
        var keys = new ReplaceableKeyProvider(new StubProvider { Key = A });
        keys.Replace(A, B);
        keys.Replace(B, A);

        Assert.Equal(A, keys.GetKey(Token));
    }

    [Fact]
    public async Task A_rejected_successor_falls_back_to_the_key_of_the_provider()
    {
        var keys = new ReplaceableKeyProvider(new StubProvider { Key = A });
        keys.Replace(A, B);

        Assert.Equal(A, keys.Refresh(B, Token));
        Assert.Equal(A, await keys.RefreshAsync(B, Token));
        Assert.Equal(B, keys.Refresh(A, Token));
    }

    [Fact]
    public void A_credential_is_updated_if_it_still_holds_the_key()
    {
        var credential = new ApiKeyCredential(A);
        var keys = new ReplaceableKeyProvider(credential);

        keys.Replace(A, B);
        Assert.Equal(B, credential.Current);
        keys.Replace(A, C);
        Assert.Equal(B, credential.Current);
    }

    [Fact]
    public async Task A_client_is_switched_by_OldKey_if_the_service_returns_no_key_id()
    {
        await using var fixture = await RotationFixture.StartAsync(new CreateApiKeyOptions("own") { Scopes = ApiKeyScopeSet.FullAccess });
        using var self = fixture.CreateClient(fixture.OldKey.Secret);
        var silent = """{"id":"usr_1","key":{"mode":"test","scopes":[]}}""";
        var options = fixture.Options with { Overlap = TimeSpan.FromHours(1), OldKey = fixture.OldKey.Secret };
        fixture.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(200, silent), 3);

        var receipt = await self.Keys.RotateAsync(fixture.OldKey.Id, options, Token);

        Assert.True(receipt.IsClientKeySwitched);
        Assert.Equal((await fixture.AssertReplacedAsync()).Id, (await self.Me.GetAsync(Token)).Key!.Id);
    }

    private sealed class StubProvider : IApiKeyProvider
    {
        public required ApiKey Key { get; set; }

        public ApiKey GetKey(CancellationToken cancellationToken) => Key;

        public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Key);
    }
}
