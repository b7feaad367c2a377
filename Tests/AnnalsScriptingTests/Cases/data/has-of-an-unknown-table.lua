return data:has("figure")
