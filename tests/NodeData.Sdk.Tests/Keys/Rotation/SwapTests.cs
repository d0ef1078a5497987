using NodeData.Emulator;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Tests.Keys.Rotation;

/// <summary>A client's own key replaced while it runs, wherever the key comes from.</summary>
public sealed class SwapTests
{
    private static readonly ApiKey A = ApiKey.Parse("nd_test_a");
    private static readonly ApiKey B = ApiKey.Parse("nd_test_b");
    private static readonly ApiKey C = ApiKey.Parse("nd_test_c");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replaced_key_is_followed_by_its_successor_until_the_provider_gives_another()
    {
        var provider = new Provider { Key = A };
        var keys = new ReplaceableKeys(provider);
        keys.Replace(A, B);
        keys.Replace(B, C);

        Assert.Equal(C, keys.GetKey(Token));
        Assert.Equal(C, await keys.GetKeyAsync(Token));
        provider.Key = ApiKey.Parse("nd_test_d");
        Assert.Equal(provider.Key, keys.GetKey(Token));
        Assert.Equal(provider.Key, await keys.GetKeyAsync(Token));
    }

    [Fact]
    public void A_key_that_is_put_back_leads_to_itself()
    {
        var keys = new ReplaceableKeys(new Provider { Key = A });
        keys.Replace(A, B);
        keys.Replace(B, A);

        Assert.Equal(A, keys.GetKey(Token));
    }

    [Fact]
    public async Task A_successor_that_is_refused_gives_way_to_what_the_provider_has()
    {
        var keys = new ReplaceableKeys(new Provider { Key = A });
        keys.Replace(A, B);

        Assert.Equal(A, keys.Refresh(B, Token));
        Assert.Equal(A, await keys.RefreshAsync(B, Token));
        Assert.Equal(B, keys.Refresh(A, Token));
    }

    [Fact]
    public void A_credential_is_updated_itself_where_it_still_holds_the_key()
    {
        var credential = new ApiKeyCredential(A);
        var keys = new ReplaceableKeys(credential);

        keys.Replace(A, B);
        Assert.Equal(B, credential.Current);
        keys.Replace(A, C);
        Assert.Equal(B, credential.Current);
    }

    [Fact]
    public async Task A_client_is_swapped_where_the_service_tells_no_id_and_the_caller_passes_the_key()
    {
        await using var bench = await RotationBench.StartAsync(new CreateApiKeyOptions("own") { Scopes = ApiKeyScopeSet.FullAccess });
        using var self = bench.Client(bench.Old.Secret);
        var silent = """{"id":"usr_1","key":{"mode":"test","scopes":[]}}""";
        var plan = bench.Plan with { Overlap = TimeSpan.FromHours(1), OldKey = bench.Old.Secret };
        bench.Emulator.Faults.Enqueue("/me", EmulatorFault.RespondWith(200, silent), 3);

        var receipt = await self.Keys.RotateAsync(bench.Old.Id, plan, Token);

        Assert.True(receipt.IsClientKeySwitched);
        Assert.Equal((await bench.AssertReplacedAsync()).Id, (await self.Me.GetAsync(Token)).Key!.Id);
    }

    private sealed class Provider : IApiKeyProvider
    {
        public required ApiKey Key { get; set; }

        public ApiKey GetKey(CancellationToken cancellationToken) => Key;

        public ValueTask<ApiKey> GetKeyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Key);
    }
}
