namespace NodeData.Sdk.Tests.Credentials;

public sealed class ApiKeyCredentialTests
{
    [Fact]
    public void A_key_of_the_same_mode_replaces_the_old_one()
    {
        var credential = new ApiKeyCredential(ApiKey.Parse("nd_test_old"));

        credential.Update(ApiKey.Parse("nd_test_new"));

        Assert.Equal("nd_test_new", credential.Current.Reveal());
        Assert.Equal("nd_test_new", credential.GetKey(CancellationToken.None).Reveal());
    }

    [Fact]
    public void A_key_of_the_other_mode_is_rejected_and_the_current_key_is_unchanged()
    {
        var credential = new ApiKeyCredential(ApiKey.Parse("nd_test_old"));

        var error = Assert.Throws<NodeDataConfigurationException>(() => credential.Update(ApiKey.Parse("nd_live_new")));

        Assert.Contains("test key", error.Message, StringComparison.Ordinal);
        Assert.Contains("live key", error.Message, StringComparison.Ordinal);
        Assert.Equal("nd_test_old", credential.Current.Reveal());
    }
}
