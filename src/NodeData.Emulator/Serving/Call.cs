using Microsoft.AspNetCore.Http;
using NodeData.Emulator.Authentication;
using NodeData.Emulator.Responses;

namespace NodeData.Emulator.Serving;

/// <summary>One request on its way through the service.</summary>
internal sealed class Call(HttpContext http, long now)
{
    private static readonly PathString[] Prefixes = ["/v1", "/api/v1"];

    private Caller? _caller;

    public HttpContext Http { get; } = http;

    public string RequestId { get; } = Identifier.ForRequest();

    public string Method => Http.Request.Method;

    /// <summary>The path under <c>/v1</c> or <c>/api/v1</c>; null where the request asks for something else.</summary>
    public string? Path { get; } = PathUnderPrefix(http.Request.Path);

    public RequestQuery Query => new(Http.Request.Query);

    /// <summary>When the request came, in milliseconds since 1970 on the emulator's clock.</summary>
    public long Now { get; } = now;

    /// <summary>Who asks; known once the request is authenticated.</summary>
    public Caller Caller
    {
        get => _caller ?? throw new InvalidOperationException("The request is not authenticated yet.");
        set => _caller = value;
    }

    /// <summary>What stands where the route has <c>{id}</c>.</summary>
    public string RouteValue { get; set; } = "";

    /// <summary>The whole body.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    private static string? PathUnderPrefix(PathString path)
    {
        foreach (var prefix in Prefixes)
        {
            if (path.StartsWithSegments(prefix, StringComparison.Ordinal, out var rest))
            {
                return rest.Value;
            }
        }

        return null;
    }
}
