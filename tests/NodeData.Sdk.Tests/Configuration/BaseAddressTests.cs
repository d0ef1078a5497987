using NodeData.Sdk.Configuration;

namespace NodeData.Sdk.Tests.Configuration;

public sealed class BaseAddressTests
{
    [Theory]
    [InlineData("https://api.nodedata.dev/v1", "https://api.nodedata.dev/v1")]
    [InlineData("https://api.nodedata.dev", "https://api.nodedata.dev/v1")]
    [InlineData("api.nodedata.dev", "https://api.nodedata.dev/v1")]
    [InlineData("API.NodeData.dev/", "https://api.nodedata.dev/v1")]
    [InlineData("nodedata.ai", "https://www.nodedata.ai/api/v1")]
    [InlineData("https://nodedata.ai/api/v1/", "https://www.nodedata.ai/api/v1")]
    [InlineData("https://www.nodedata.ai", "https://www.nodedata.ai/api/v1")]
    [InlineData("example.com:8443", "https://example.com:8443/api/v1")]
    [InlineData("https://example.com/custom/", "https://example.com/custom")]
    [InlineData("  https://example.com/v2 ", "https://example.com/v2")]
    [InlineData("localhost:5190", "https://localhost:5190/api/v1")]
    [InlineData("http://localhost:5190", "http://localhost:5190/api/v1")]
    [InlineData("http://127.0.0.1:5190/v1", "http://127.0.0.1:5190/v1")]
    [InlineData("http://127.9.9.9", "http://127.9.9.9/api/v1")]
    [InlineData("http://[::1]:5190/v1", "http://[::1]:5190/v1")]
    public void An_address_is_completed_as_defined_by_the_contract(string text, string expected) =>
        Assert.Equal(expected, BaseAddress.Parse(text, "NODE_DATA_BASE_URL").AbsoluteUri);

    [Theory]
    [InlineData("http://api.nodedata.dev/v1", "plain-http")]
    [InlineData("http://10.0.0.1", "plain-http")]
    [InlineData("http://localhost.example.com", "plain-http")]
    [InlineData("ftp://example.com", "a scheme other than https")]
    [InlineData("file:///etc/passwd", "is not an address")]
    [InlineData("https://", "is not an address")]
    [InlineData("https://ada:pass@example.com", "user name or password")]
    [InlineData("https://example.com/v1?key=pass", "a query")]
    [InlineData("https://example.com/v1#pass", "a query or a fragment")]
    [InlineData("https://exa mple.com", "is not an address")]
    public void An_invalid_address_is_rejected_with_the_setting_and_without_the_value(string text, string expected)
    {
        var error = Assert.Throws<NodeDataConfigurationException>(() => BaseAddress.Parse(text, "NODE_DATA_BASE_URL"));

        Assert.StartsWith("NODE_DATA_BASE_URL ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pass", error.Message.Replace("password", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_is_the_address_of_the_service() => Assert.Equal("https://api.nodedata.dev/v1", BaseAddress.Default.AbsoluteUri);
}
