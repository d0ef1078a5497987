namespace NodeData.Sdk.Http.Paging;

/// <summary>Defines the maximum number of items per page (contract, "Pagination").</summary>
internal static class PageSize
{
    public const int Max = 100;
}
