namespace Pamps.ApiService.Data;

/// <summary>A post names an account.</summary>
internal sealed class Mention
{
    public long PostId { get; set; }

    public Post Post { get; set; } = null!;

    public long AccountId { get; set; }

    public Account Account { get; set; } = null!;
}
