using Pamps.ApiService.Data;

var builder = WebApplication.CreateBuilder(args);
builder.AddPampsDatabase();
builder.Services.AddOpenApi();
var app = builder.Build();
app.MapOpenApi();
app.Run();
