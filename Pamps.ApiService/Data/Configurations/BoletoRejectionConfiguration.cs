using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class BoletoRejectionConfiguration : IEntityTypeConfiguration<BoletoRejection>
{
    public void Configure(EntityTypeBuilder<BoletoRejection> builder)
    {
        builder.ToTable("boleto_rejections");
        builder.HasKey(rejection => new { rejection.ImportId, rejection.Line });
        builder.HasOne(rejection => rejection.Import).WithMany().OnDelete(DeleteBehavior.Cascade);
    }
}
