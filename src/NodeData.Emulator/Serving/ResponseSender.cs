using NodeData.Emulator.Responses;

namespace NodeData.Emulator.Serving;

/// <summary>Writes responses to the connection.</summary>
internal static class ResponseSender
{
    private const string RequestIdHeader = "x-request-id";

    // Identifies the emulator; the service does not send this header.
    private const string EmulatorHeader = "nd-emulator";

    /// <summary>Sends a response.</summary>
    /// <param name="call">The request.</param>
    /// <param name="response">The response.</param>
    /// <param name="maxBytes">The number of body bytes to send; null for all. <c>Content-Length</c> states the full length.</param>
    public static async Task SendAsync(Call call, Response response, int? maxBytes = null)
    {
        var httpResponse = call.Http.Response;
        httpResponse.StatusCode = response.Status;
        httpResponse.Headers[RequestIdHeader] = response.RepeatedRequestId ?? call.RequestId;
        httpResponse.Headers[EmulatorHeader] = "1";
        httpResponse.ContentType = response.ContentType;
        httpResponse.ContentLength = response.Body.Length;
        foreach (var (name, value) in response.Headers)
        {
            httpResponse.Headers[name] = value;
        }

        // Kestrel closes the connection if a response is shorter than its Content-Length.
        var sent = maxBytes is { } bytes ? response.Body[..Math.Min(bytes, Math.Max(0, response.Body.Length - 1))] : response.Body;
        await httpResponse.Body.WriteAsync(sent, call.Http.RequestAborted).ConfigureAwait(false);
    }
}
