using System.Net;
using System.Net.Http.Headers;

namespace NodeData.Sdk.RotationProgram;

/// <summary>The files from which programs read the key, checked as such a program would: the key in each must always be accepted.</summary>
internal sealed class DeployedKeys(Uri address, string[] files) : IDisposable
{
    private readonly HttpClient _http = new();

    public async Task<string?> FindOutageAsync()
    {
        foreach (var file in files)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{address}/me");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(file)).Trim());
            using var response = await _http.SendAsync(request);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return $"the key in {Path.GetFileName(file)} was rejected with {(int)response.StatusCode}.";
            }
        }

        return null;
    }

    public void Dispose() => _http.Dispose();
}
