using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodeData.Emulator;

namespace NodeData.Cli.Tests.Webhooks.Listening;

/// <summary>A reverse proxy in front of an emulator that drops the header by which the tool recognizes an emulator.</summary>
internal sealed class EmulatorProxy : IAsyncDisposable
{
    private readonly WebApplication _application;

    private EmulatorProxy(WebApplication application) => _application = application;

    public string Url => $"http://127.0.0.1:{new Uri(_application.Urls.Single()).Port}/v1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<EmulatorProxy> StartAsync(NodeDataEmulator emulator)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        var application = builder.Build();
        var http = new HttpClient();
        application.Run(context => ForwardAsync(context, http, emulator.BaseAddress));
        await application.StartAsync(Token);
        return new EmulatorProxy(application);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }

    private static async Task ForwardAsync(HttpContext context, HttpClient http, Uri emulator)
    {
        var path = $"{context.Request.Path}{context.Request.QueryString}";
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(emulator, path));
        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        using var response = await http.SendAsync(request, Token);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(await response.Content.ReadAsByteArrayAsync(Token), Token);
    }
}
