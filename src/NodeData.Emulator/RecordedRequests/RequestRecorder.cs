using System.Text.RegularExpressions;
using NodeData.Emulator.Authentication;
using NodeData.Emulator.Serving;

namespace NodeData.Emulator.RecordedRequests;

/// <summary>Records the received requests, in the order in which their responses were determined; keeps the newest 100,000.</summary>
internal sealed partial class RequestRecorder
{
    private const int MaxRequests = 100_000;
    private const int MaxEncodingDepth = 3;

    private readonly Queue<RecordedRequest> _requests = new();

    public IReadOnlyList<RecordedRequest> Snapshot
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Records a request before the first byte of its response is sent, so that a client that has the response finds the request here.</summary>
    public void Record(Call call, int? status)
    {
        var request = call.Http.Request;
        var recorded = new RecordedRequest(request.Method, Mask(request.Path.ToUriComponent() + request.QueryString.ToUriComponent()))
        {
            KeyHint = Authenticator.TryReadKey(request.Headers.Authorization)?.Hint,
            Status = status,
            RequestId = call.RequestId,
            IdempotencyKey = request.Headers["Idempotency-Key"] is [{ } key] ? Mask(key) : null,
            UserAgent = request.Headers.UserAgent is [{ } agent] ? Mask(agent) : null,
            ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(call.Now),
        };
        lock (_requests)
        {
            _requests.Enqueue(recorded);
            if (_requests.Count > MaxRequests)
            {
                _requests.Dequeue();
            }
        }
    }

    public void Clear()
    {
        lock (_requests)
        {
            _requests.Clear();
        }
    }

    // Text with a percent-encoded secret is returned decoded and masked, so that the secret cannot be recovered.
    private static string Mask(string text)
    {
        var masked = Secret().Replace(text, "$1…");
        var decoded = masked;
        for (var depth = 0; depth < MaxEncodingDepth; depth++)
        {
            decoded = Uri.UnescapeDataString(decoded);
        }

        return Secret().IsMatch(decoded) ? Secret().Replace(decoded, "$1…") : masked;
    }

    [GeneratedRegex("(nd(?:_|%5f)(?:test|live)(?:_|%5f)|whsec(?:_|%5f))[A-Za-z0-9_%-]+", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
