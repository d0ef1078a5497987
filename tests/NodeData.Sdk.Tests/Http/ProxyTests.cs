using NodeData.Sdk.Http;

namespace NodeData.Sdk.Tests.Http;

/// <summary>A plain-http request never goes through a proxy, whatever the environment says.</summary>
public sealed class ProxyTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5190/v1/me")]
    [InlineData("http://localhost:5190/v1/me")]
    [InlineData("http://[::1]:5190/v1/me")]
    [InlineData("http://emulator:5190/v1/me")]
    public void Plain_http_bypasses_every_proxy(string address)
    {
        var proxy = DefaultHttpClient.CreateHandler().Proxy!;

        Assert.True(proxy.IsBypassed(new Uri(address)));
        Assert.Null(proxy.GetProxy(new Uri(address)));
    }

    [Fact]
    public void Https_uses_the_proxy_of_the_environment()
    {
        var address = new Uri("https://api.nodedata.dev/v1/me");
        var proxy = DefaultHttpClient.CreateHandler().Proxy!;

        Assert.Equal(HttpClient.DefaultProxy.IsBypassed(address), proxy.IsBypassed(address));
        Assert.Equal(HttpClient.DefaultProxy.GetProxy(address), proxy.GetProxy(address));
    }
}
