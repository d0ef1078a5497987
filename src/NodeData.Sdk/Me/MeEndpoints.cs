using NodeData.Sdk.Http;

namespace NodeData.Sdk.Me;

/// <summary>The account calls, as data: what goes over the wire (contract, "Account").</summary>
internal static class MeEndpoints
{
    public static Endpoint<NodeAccount> Get { get; } =
        Endpoint.Get("me", JsonResponse.CreateReader(MeJson.Default.AccountResponse, response => response.ToModel()));
}
