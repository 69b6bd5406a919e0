using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.ApiService.Data.Configurations;

internal sealed class BoletoImportChunkConfiguration : IEntityTypeConfiguration<BoletoImportChunk>
{
    public void Configure(EntityTypeBuilder<BoletoImportChunk> builder)
    {
        // No foreign key: chunks are written before their import, which exists only when the whole file has arrived.
        builder.ToTable("boleto_import_chunks");
        builder.HasKey(chunk => new { chunk.ImportId, chunk.Number });
    }
}
