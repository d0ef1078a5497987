using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodeData.Emulator;

namespace NodeData.Cli.Tests.Doubles;

/// <summary>
/// Forwards the requests of the tool to an emulator and kills the tool (SIGKILL) at a point: before a request reaches the emulator, or after the emulator has
/// handled it and before the tool has its response.
/// </summary>
internal sealed class KillingProxy : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HttpClient _http = new();
    private readonly Uri _emulator;
    private readonly Lock _lock = new();
    private Process? _tool;
    private int _killAt;

    private KillingProxy(WebApplication application, NodeDataEmulator emulator)
    {
        _application = application;
        _emulator = new Uri(emulator.BaseAddress, "/");
        application.Run(ForwardAsync);
    }

    /// <summary>The base address for the tool.</summary>
    public Uri GetBaseAddress(NodeDataEmulator emulator) => new(new Uri(_application.Urls.Single()), emulator.BaseAddress.AbsolutePath);

    /// <summary>The names of the points that the current run has passed.</summary>
    public List<string> Points { get; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<KillingProxy> StartAsync(NodeDataEmulator emulator)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        var proxy = new KillingProxy(builder.Build(), emulator);
        await proxy._application.StartAsync(Token);
        return proxy;
    }

    /// <summary>Runs the tool, which is killed at a point, the first of which is 1; at none if the point is 0.</summary>
    public async Task<ToolResult> RunAsync(Tool tool, int killAt, string[] arguments)
    {
        Points.Clear();
        _killAt = killAt;
        using var process = new Process { StartInfo = tool.CreateStartInfo(Tool.Program, arguments) };
        lock (_lock)
        {
            process.Start();
            _tool = process;
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var error = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return new ToolResult(process.ExitCode, await output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext http)
    {
        var name = $"{http.Request.Method} {http.Request.Path}";
        if (Reach($"before {name}"))
        {
            http.Abort();
            return;
        }

        using var request = new HttpRequestMessage(
            new HttpMethod(http.Request.Method),
            new Uri(_emulator, UriHelper.GetEncodedPathAndQuery(http.Request).TrimStart('/'))
        )
        {
            Content = new StreamContent(http.Request.Body),
        };
        foreach (var (header, values) in http.Request.Headers)
        {
            if (header != "Host" && !request.Headers.TryAddWithoutValidation(header, values.ToArray()))
            {
                request.Content.Headers.TryAddWithoutValidation(header, values.ToArray());
            }
        }

        using var response = await _http.SendAsync(request, Token);
        var body = await response.Content.ReadAsByteArrayAsync(Token);
        if (Reach($"after {name}"))
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = (int)response.StatusCode;
        http.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await http.Response.Body.WriteAsync(body, Token);
    }

    /// <summary>Passes a point, or kills the tool there.</summary>
    private bool Reach(string name)
    {
        lock (_lock)
        {
            Points.Add(name);
            if (Points.Count != _killAt)
            {
                return false;
            }

            _tool!.Kill();
            return true;
        }
    }
}
