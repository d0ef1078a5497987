using System.Text.Json;

namespace NodeData.Sdk.Tests.Credentials;

public sealed class ApiKeyScopeSetTests
{
    [Fact]
    public void An_empty_list_is_rejected_and_full_access_is_explicit()
    {
        var error = Assert.Throws<ArgumentException>(() =>
        {
            ApiKeyScopeSet scopes = [];
            return scopes;
        });

        Assert.Contains("ApiKeyScopeSet.FullAccess", error.Message, StringComparison.Ordinal);
        Assert.True(ApiKeyScopeSet.FullAccess.IsFullAccess);
        Assert.All(ApiKeyScope.Known, scope => Assert.True(ApiKeyScopeSet.FullAccess.Allows(scope)));
    }

    [Fact]
    public void A_set_allows_the_scopes_that_it_contains()
    {
        ApiKeyScopeSet scopes = [ApiKeyScope.ModelsRead, "robots:drive", ApiKeyScope.ModelsRead];

        Assert.Equal(2, scopes.Count);
        Assert.False(scopes.IsFullAccess);
        Assert.True(scopes.Allows(new ApiKeyScope("robots:drive")));
        Assert.False(scopes.Allows(ApiKeyScope.PayoutsRead));
        Assert.Equal("models:read robots:drive", scopes.ToString());
    }

    [Fact]
    public void Sets_are_equal_regardless_of_their_order()
    {
        ApiKeyScopeSet one = [ApiKeyScope.ModelsRead, ApiKeyScope.PayoutsRead];
        ApiKeyScopeSet other = [ApiKeyScope.PayoutsRead, ApiKeyScope.ModelsRead];

        Assert.True(one.Equals(other));
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.False(one.Equals(ApiKeyScopeSet.FullAccess));
    }

    [Theory]
    [InlineData("")]
    [InlineData("models read")]
    [InlineData("models:read\n")]
    [InlineData("mod\u00e8les:read")]
    public void An_invalid_scope_is_rejected(string text)
    {
        Assert.ThrowsAny<ArgumentException>(() => new ApiKeyScope(text));
        Assert.Throws<ArgumentException>(() => ApiKeyScopeSet.Create(default(ApiKeyScope)));
    }

    [Fact]
    public void The_ten_scopes_of_the_contract_are_known()
    {
        Assert.Equal(
            "models:read models:upload datasets:read datasets:upload listings:read listings:write payouts:read deploy:write webhooks:write inference:run",
            string.Join(' ', ApiKeyScope.Known)
        );
        Assert.True(ApiKeyScope.InferenceRun.IsKnown);
        Assert.False(new ApiKeyScope("robots:drive").IsKnown);
    }

    [Fact]
    public void In_JSON_a_set_is_an_array_of_strings_and_the_empty_array_is_full_access()
    {
        ApiKeyScopeSet scopes = [ApiKeyScope.ModelsRead];

        Assert.Equal("""["models:read"]""", JsonSerializer.Serialize(scopes));
        Assert.Equal("[]", JsonSerializer.Serialize(ApiKeyScopeSet.FullAccess));
        Assert.Same(ApiKeyScopeSet.FullAccess, JsonSerializer.Deserialize<ApiKeyScopeSet>("[]"));
        Assert.Null(JsonSerializer.Deserialize<ApiKeyScopeSet>("null"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ApiKeyScopeSet>("{}"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ApiKeyScopeSet>("[1]"));
    }
}
