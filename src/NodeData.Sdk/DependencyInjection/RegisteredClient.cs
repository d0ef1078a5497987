using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NodeData.Sdk.Configuration;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.DependencyInjection;

/// <summary>A client of an application with the key that follows the configuration; one for each name, made when it is first asked for.</summary>
internal sealed class RegisteredClient : IDisposable
{
    public RegisteredClient(IServiceProvider services, string clientName)
    {
        var options = services.GetRequiredService<IOptionsMonitor<NodeClientOptions>>().Get(clientName);
        var logger = services.GetService<ILogger<NodeClient>>() ?? NullLogger<NodeClient>.Instance;
        Keys = new ReloadingKeys(
            clientName,
            options,
            services.GetRequiredService<IOptionsFactory<NodeClientOptions>>(),
            services.GetService<IConfiguration>(),
            logger
        );
        var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(HttpNameOf(clientName));
        var settings = NodeClientOptionsReader.SettingsOf(options, callersAddress: null) with { Logger = logger };
        Client = new NodeClient(new NodeTransport(http, Keys, settings));
    }

    public NodeClient Client { get; }

    public ReloadingKeys Keys { get; }

    public static string HttpNameOf(string clientName) => clientName.Length == 0 ? "NodeData" : $"NodeData:{clientName}";

    public void Dispose()
    {
        Client.Dispose();
        Keys.Dispose();
    }
}
