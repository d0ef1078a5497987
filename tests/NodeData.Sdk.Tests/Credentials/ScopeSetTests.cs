using System.Text.Json;

namespace NodeData.Sdk.Tests.Credentials;

public sealed class ScopeSetTests
{
    [Fact]
    public void An_emptied_list_is_refused_and_full_access_is_asked_for_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() =>
        {
            ScopeSet scopes = [];
            return scopes;
        });

        Assert.Contains("ScopeSet.FullAccess", error.Message, StringComparison.Ordinal);
        Assert.True(ScopeSet.FullAccess.IsFullAccess);
        Assert.All(Scope.Known, scope => Assert.True(ScopeSet.FullAccess.Allows(scope)));
    }

    [Fact]
    public void A_set_allows_what_it_holds()
    {
        ScopeSet scopes = [Scope.ModelsRead, "robots:drive", Scope.ModelsRead];

        Assert.Equal(2, scopes.Count);
        Assert.False(scopes.IsFullAccess);
        Assert.True(scopes.Allows(new Scope("robots:drive")));
        Assert.False(scopes.Allows(Scope.PayoutsRead));
        Assert.Equal("models:read robots:drive", scopes.ToString());
    }

    [Fact]
    public void Sets_are_equal_in_whatever_order()
    {
        ScopeSet one = [Scope.ModelsRead, Scope.PayoutsRead];
        ScopeSet other = [Scope.PayoutsRead, Scope.ModelsRead];

        Assert.True(one.Equals(other));
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.False(one.Equals(ScopeSet.FullAccess));
    }

    [Theory]
    [InlineData("")]
    [InlineData("models read")]
    [InlineData("models:read\n")]
    [InlineData("mod\u00e8les:read")]
    public void A_text_that_cannot_be_a_scope_is_refused(string text)
    {
        Assert.ThrowsAny<ArgumentException>(() => new Scope(text));
        Assert.Throws<ArgumentException>(() => ScopeSet.Create(default(Scope)));
    }

    [Fact]
    public void The_ten_scopes_of_the_contract_are_known()
    {
        Assert.Equal(
            "models:read models:upload datasets:read datasets:upload listings:read listings:write payouts:read deploy:write webhooks:write inference:run",
            string.Join(' ', Scope.Known)
        );
        Assert.True(Scope.InferenceRun.IsKnown);
        Assert.False(new Scope("robots:drive").IsKnown);
    }

    [Fact]
    public void In_json_a_set_is_a_list_of_words_and_the_empty_list_is_full_access()
    {
        ScopeSet scopes = [Scope.ModelsRead];

        Assert.Equal("""["models:read"]""", JsonSerializer.Serialize(scopes));
        Assert.Equal("[]", JsonSerializer.Serialize(ScopeSet.FullAccess));
        Assert.Same(ScopeSet.FullAccess, JsonSerializer.Deserialize<ScopeSet>("[]"));
        Assert.Null(JsonSerializer.Deserialize<ScopeSet>("null"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ScopeSet>("{}"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ScopeSet>("[1]"));
    }
}
